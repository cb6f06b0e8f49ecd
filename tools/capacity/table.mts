import { CAPACITIES, type ChargerCapacity } from '../../nodes/shared/charging/capacity/capacity.ts';
import {
	buildTariffProfiles,
	type TariffSchedule,
} from '../../nodes/shared/charging/tariff/build.ts';
import type { Tariff } from '../../nodes/shared/charging/tariff/tariff.ts';
import { planTariff } from '../../nodes/shared/charging/tariff/fit.ts';
import { TYPICAL_TARIFFS, type TypicalTariff } from './tariffs.mts';

interface Column {
	title: string;
	capacity: ChargerCapacity;
	/** The lowest stack level of the profiles: the form’s, or 0 where there is no other. */
	stackLevel: number;
}

const custom = (periods: number, levels: number, profiles: number): Column => ({
	title: `${periods}/${levels}/${profiles}`,
	capacity: { periods, levels, profiles, sameLevelReplaces: false },
	stackLevel: 2,
});

export const COLUMNS: Column[] = [
	{ title: 'Before, Unlimited', capacity: CAPACITIES.unlimited, stackLevel: 2 },
	custom(24, 4, 10),
	{ title: 'OCPP 1.6', capacity: CAPACITIES.ocpp16, stackLevel: 0 },
	custom(33, 5, 15),
	custom(8, 24, 10),
];

const A_YEAR_LATER = '2027-01-15';

/** In this order a cell shows the first that fits. */
const MODES = [
	['R', 'recurring'],
	['7', { days: 7 }],
	['3', { days: 3 }],
] as const;

/** Every way of a typical tariff to be built. */
export const tariffOf = (
	{ windows, outside, zone }: TypicalTariff,
	hasOutside: boolean,
	{ capacity, stackLevel }: Column,
	mode: Tariff['mode'],
): Tariff => ({
	windows,
	outside: hasOutside ? outside : undefined,
	unit: 'W',
	zone,
	startMs: Date.parse('2026-01-15T10:00:00Z'),
	mode,
	capacity,
	identity: { id: 100, stackLevel, purpose: 'TxDefaultProfile' },
});

/** The first mode in which a tariff fits; undefined if it fits in none. */
export function firstFit(
	typical: TypicalTariff,
	hasOutside: boolean,
	column: Column,
): { mode: string; tariff: Tariff; schedule: TariffSchedule } | undefined {
	for (const [mode, value] of MODES) {
		const tariff = tariffOf(typical, hasOutside, column, value);
		if (planTariff(tariff)) return { mode, tariff, schedule: buildTariffProfiles(tariff) };
	}
	return undefined;
}

const most = (counts: number[]): number => Math.max(0, ...counts);

function cellOf(typical: TypicalTariff, hasOutside: boolean, column: Column): string {
	const fit = firstFit(typical, hasOutside, column);
	if (fit === undefined) return 'refused';
	const { profiles, stackLevels, sendAgainBefore } = fit.schedule;
	const isShort = sendAgainBefore !== undefined && sendAgainBefore < A_YEAR_LATER;
	const periods = profiles.map(
		(profile) => profile.chargingSchedule[0].chargingSchedulePeriod.length,
	);
	return `${fit.mode === 'R' && isShort ? 'r' : fit.mode}: ${profiles.length}, ${stackLevels.length}, ${most(periods)}`;
}

/** The typical tariffs and what they need of chargers, as two tables in Markdown. */
export function capacityTable(): string {
	const table = (hasOutside: boolean) => {
		const rows = TYPICAL_TARIFFS.map((typical) => [
			typical.name,
			...COLUMNS.map((column) => cellOf(typical, hasOutside, column)),
		]);
		const heads = [
			hasOutside ? 'With a limit outside' : 'Without a limit outside',
			...COLUMNS.map(({ title }) => title),
		];
		const widths = heads.map((_, column) =>
			most([heads, ...rows].map((cells) => cells[column].length)),
		);
		const line = (cells: string[], fill = ' ') =>
			`| ${cells.map((cell, column) => cell.padEnd(widths[column], fill)).join(' | ')} |`;
		return [
			line(heads),
			line(
				heads.map(() => '-'),
				'-',
			),
			...rows.map((row) => line(row)),
		].join('\n');
	};
	return [table(false), table(true)].join('\n\n');
}

const BEGIN = '<!-- capacities: written by npm run capacity -->';
const END = '<!-- /capacities -->';

/** A page with the tables between its two marks. @throws Error if the page has no marks */
export function withTable(page: string, tables: string): string {
	const begin = page.indexOf(BEGIN);
	const end = page.indexOf(END);
	if (begin === -1 || end < begin) throw new Error(`The page has no "${BEGIN}" … "${END}".`);
	return `${page.slice(0, begin + BEGIN.length)}\n\n${tables}\n\n${page.slice(end)}`;
}
