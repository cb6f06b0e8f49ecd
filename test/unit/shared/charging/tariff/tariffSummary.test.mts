import { buildTariffProfiles } from '../../../../../nodes/shared/charging/tariff/build.ts';
import { tariffWarnings } from '../../../../../nodes/shared/charging/tariff/tariffWarnings.ts';
import { tariffSummary } from '../../../../../nodes/shared/charging/tariff/tariffSummary.ts';
import { tariff, tariffWindow } from './tariffs.mts';

const HOUR = 3600;

const summary = (changes: Parameters<typeof tariff>[0]) => {
	const chosen = tariff(changes);
	return tariffSummary(chosen, buildTariffProfiles(chosen));
};

const warnings = (changes: Parameters<typeof tariff>[0]) => {
	const chosen = tariff(changes);
	const schedule = buildTariffProfiles(chosen);
	return tariffWarnings(chosen, schedule.changes, schedule.sendAgainBefore);
};

describe('the summary', () => {
	it('says which limit applies when, for which clock changes, and until when', () => {
		expect(summary({})).toBe(
			'Weekdays 17:00–20:00 Europe/Helsinki: 20 kW. At other times no limit. ' +
				'Clock changes on 29 March 2026 and 25 October 2026 are taken into account. Send it again before 28 March 2027.',
		);
	});

	it('says that a default for transactions limits each connector by itself', () => {
		const identity = { id: 100, stackLevel: 2, purpose: 'TxDefaultProfile' as const };
		expect(summary({ identity, outside: 50_000 })).toContain(
			'Europe/Helsinki: 20 kW for each connector. At other times 50 kW for each connector. ',
		);
	});

	it('names the days, the next day, and the limit at other times', () => {
		const windows = [
			tariffWindow({
				days: [3, 1],
				from: 22 * HOUR,
				to: 6.5 * HOUR,
				overMidnight: true,
				limit: 8.1,
			}),
			tariffWindow({ days: [6, 7], from: 0, to: 24 * HOUR, limit: 0 }),
			tariffWindow({ days: [7, 6, 5, 4, 3, 2, 1], to: 0, overMidnight: true, limit: 16 }),
		];
		const zone = 'Asia/Kathmandu';
		expect(summary({ windows, zone, unit: 'A', outside: 32 })).toBe(
			'Mon, Wed 22:00–06:30 the next day Asia/Kathmandu: 8.1 A. ' +
				'Weekends 00:00–24:00 Asia/Kathmandu: 0 A. Every day 17:00–00:00 Asia/Kathmandu: 16 A. ' +
				'At other times 32 A. It applies until it is replaced or cleared.',
		);
	});

	it('of the next days says when they end', () => {
		expect(summary({ mode: { days: 7 }, startMs: Date.parse('2026-03-26T10:00:00Z') })).toBe(
			'Weekdays 17:00–20:00 Europe/Helsinki: 20 kW. At other times no limit. ' +
				'A clock change on 29 March 2026 is taken into account. Send it again before 2 April 2026.',
		);
	});
});

describe('warnings', () => {
	it('are none if nothing is unexpected', () => {
		expect(warnings({})).toEqual([]);
		const twice = [tariffWindow(), tariffWindow({ days: [1] })];
		expect(warnings({ windows: twice })).toEqual([]);
		// The window includes all the skipped or repeated time.
		const night = tariffWindow({ days: [6, 7], from: 22 * HOUR, to: 6 * HOUR, overMidnight: true });
		expect(warnings({ windows: [night] })).toEqual([]);
	});

	it.each([
		['on the same day', [1], 19, 22, false, 'Monday 19:00–20:00'],
		['over midnight', [7], 22, 18, true, 'Monday 17:00–18:00'],
		['to the end of the day', [2], 0, 24, false, 'Tuesday 17:00–20:00'],
	])('say where windows overlap: %s', (_, days, from, to, overMidnight, where) => {
		const other = tariffWindow({
			days,
			from: from * HOUR,
			to: to * HOUR,
			overMidnight,
			limit: 8100,
		});
		expect(warnings({ windows: [tariffWindow(), other] })).toEqual([
			`Windows 1 and 2 overlap, first on ${where}: there the lower limit applies, 8.1 kW.`,
		]);
	});

	it.each([
		['3.5 to 5', 3.5, 5],
		['2 to 3.5', 2, 3.5],
		['3 to 4', 3, 4],
	])('say what happens in hours that a clock change skips or repeats: %s', (_, from, to) => {
		const window = tariffWindow({ days: [7], from: from * HOUR, to: to * HOUR });
		const applies = 'the limit applies whenever the clocks show a time within the window.';
		expect(warnings({ windows: [window] })).toEqual([
			expect.stringMatching(
				`^Window 1, .*: on 29 March 2026 the clocks of Europe/Helsinki skip 03:00–04:00; ${applies}$`,
			),
			expect.stringMatching(
				`^Window 1, .*: on 25 October 2026 the clocks of Europe/Helsinki repeat 03:00–04:00; ${applies}$`,
			),
		]);
	});
});
