import { readFile } from 'node:fs/promises';

import { DateTime } from 'luxon';

import {
	capacityTable,
	COLUMNS,
	firstFit,
	withTable,
} from '../../../../../tools/capacity/table.mts';
import { TYPICAL_TARIFFS } from '../../../../../tools/capacity/tariffs.mts';
import { DAY, expectTheTariff, useOf } from './wallClock.mts';

const [, unknown] = COLUMNS;

const cases = TYPICAL_TARIFFS.flatMap((typical) =>
	COLUMNS.flatMap((column) =>
		[false, true].map(
			(outside) =>
				[
					typical.name,
					column.title,
					outside ? 'a limit outside' : 'no limit outside',
					firstFit(typical, outside, column),
				] as const,
		),
	),
).filter(([, , , fit]) => fit !== undefined);

it.each(cases)('%s is exact on %s with %s, also over the clock changes', (...[, , , fit]) => {
	const { tariff, schedule } = fit!;
	const { profiles, changes, sendAgainBefore } = schedule;
	const { from, to } = useOf(tariff, sendAgainBefore, 8);
	expectTheTariff(tariff, profiles, from, to);
	for (const { at } of changes) expectTheTariff(tariff, profiles, at - DAY, at + DAY);
	const year = DateTime.fromMillis(tariff.startMs).plus({ years: 1 }).toISO()!;
	if (fit!.mode === 'R' && sendAgainBefore !== undefined && sendAgainBefore > year) {
		expect(changes).toHaveLength(2);
	}
});

it.each([false, true])(
	'all twelve fit 24/4/10, at least ten of them in Recurring (a limit outside: %s)',
	(outside) => {
		const modes = TYPICAL_TARIFFS.map((typical) => firstFit(typical, outside, unknown)?.mode);
		expect(modes).not.toContain(undefined);
		expect(modes.filter((mode) => mode === 'R').length).toBeGreaterThanOrEqual(10);
	},
);

it('the table in the docs is the current one (npm run capacity writes it)', async () => {
	const page = await readFile('docs/charging-profiles.md', 'utf8');
	expect(withTable(page, capacityTable())).toBe(page);
});
