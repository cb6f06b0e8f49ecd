import { timezoneField, zoneOf } from '../../../../nodes/shared/node/fields/timezone.ts';
import { expression, refusalOf, valuesOf } from '../../../support/formValues.mts';

const field = timezoneField('The time zone of the times');

const zone = (timezone: unknown) => zoneOf(field, valuesOf(field, { timezone }));
const locator = (mode: string, value: unknown) => ({ __rl: true, mode, value });

it.each([
	['chosen from the list', locator('list', 'America/New_York')],
	['by its name', locator('name', ' America/New_York ')],
	['from an expression', locator('name', expression('America/New_York'))],
	['as a text of a stored workflow', 'America/New_York'],
	['as an expression of a stored workflow', expression('America/New_York')],
])('a time zone %s', (_, timezone) => {
	expect(zone(timezone)).toBe('America/New_York');
});

it.each([
	undefined,
	'',
	locator('list', ''),
	locator('name', ' '),
	locator('name', expression(null)),
])('%j means the workflow’s time zone', (timezone) => {
	expect(zone(timezone)).toBe('Europe/Helsinki');
});

it.each(['Helsinki', locator('name', 'Helsinki'), locator('list', '.')])(
	'refuses %j and says how to enter one',
	(timezone) => {
		const { message, description } = refusalOf(() => zone(timezone));
		expect(message).toMatch(/^Time Zone is ".+", which is not a time zone$/);
		expect(description).toMatch(/^Choose one from the list, enter an IANA name such as/);
	},
);
