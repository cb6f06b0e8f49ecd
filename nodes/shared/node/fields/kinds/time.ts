import { InputError } from '../../../charging/base/inputError';
import { resolveTime } from '../../../charging/base/resolveTime';
import { Field, propertyOf, type FieldTexts } from './field';

/** A time, converted to UTC, such as `2026-01-15T15:00:00Z`. */
export const timeField = (texts: FieldTexts): Field<string> =>
	new Field(
		propertyOf(texts, { type: 'dateTime', default: '' }),
		{
			fixWhenEmpty: 'Enter a date and time such as 2026-01-15T17:00:00.',
			check(value, label, { timezone }) {
				const time = resolveTime(value, timezone);
				if ('utc' in time) return time.utc;
				throw new InputError(`${label} ${time.problem}`, time.fix);
			},
		},
		texts.refusesEmpty,
	);
