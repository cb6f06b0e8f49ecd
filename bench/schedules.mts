// Schedules without n8n: how long the pure code takes, and how that grows.
import Table from 'cli-table3';
import type { ChartContent } from '../nodes/shared/charging/chart/chart.ts';
import { chartFiles } from '../nodes/shared/charging/chart/files.ts';
import { compositeSchedule } from '../nodes/shared/charging/composite/compositeSchedule.ts';
import type {
	ChargingProfilePurpose,
	InstalledProfile,
} from '../nodes/shared/charging/profile/profile.ts';
import { planBands } from '../nodes/shared/charging/prices/plan.ts';
import { limitByPrice } from '../nodes/shared/charging/prices/priceBands.ts';
import { priceList } from '../nodes/shared/charging/prices/priceList.ts';
import { priceSchedules } from '../nodes/shared/charging/prices/priceSchedules.ts';
import { MOST_PERIODS } from '../nodes/shared/charging/prices/priceProfiles.ts';
import { readPrices } from '../nodes/shared/charging/prices/readPrices.ts';
import { spreadOf, type Spread } from './statistics.mts';

const ROUNDS = 15;
const START = Date.UTC(2026, 0, 1);
const HOUR = 3600;

/** The spread of some runs (ms), after some runs to warm up. */
async function measure(work: () => unknown, rounds = ROUNDS, uncounted = 3): Promise<Spread> {
	const figures: number[] = [];
	for (let round = -uncounted; round < rounds; round++) {
		const begin = performance.now();
		await work();
		if (round >= 0) figures.push(performance.now() - begin);
	}
	return spreadOf(figures);
}

const inMs = ({ median, min, max }: Spread) =>
	`${median.toFixed(0)} ms (${min.toFixed(0)}–${max.toFixed(0)})`;

/** Prices of quarter hours that follow a day (low at night and noon, high in the evening), with some variation. */
function prices(count: number) {
	let weather = 1;
	return Array.from({ length: count }, (_, index) => {
		const hour = (index / 4) % 24;
		weather = (weather * 16_807) % 2_147_483_647;
		const price =
			8 + 4 * Math.sin(((hour - 13) / 12) * 2 * Math.PI) + (weather / 2_147_483_647 - 0.5) * 3;
		const start = new Date(START + index * 900_000).toISOString();
		return { start, price: Math.round(price * 100) / 100 };
	});
}

/** Everything that Build From Prices does with rows of prices. */
function build(rows: ReturnType<typeof prices>) {
	const nameOf = (index: number) => `item ${index}`;
	const zone = 'Europe/Helsinki';
	const quotes = readPrices({ rows, nameOf, startField: 'start', priceField: 'price', zone });
	const list = priceList(quotes, { gapPrice: 'highest', notBefore: 0, nameOf });
	const bands = [
		{ upToPrice: 5, limit: 22_000 },
		{ upToPrice: 9, limit: 11_000 },
	];
	const plan = planBands(list.spans, limitByPrice(bands, 4200, nameOf), 1 / 1000);
	return priceSchedules(list, plan, {
		rule: 'priceBands',
		identity: { id: 1, stackLevel: 0, purpose: 'TxDefaultProfile' },
		unit: 'W',
		pricePer: 'kWh',
		zone,
		nameOf,
		periodsPerProfile: MOST_PERIODS,
		split: true,
		fix: '',
	});
}

const PURPOSES: ChargingProfilePurpose[] = [
	'ChargingStationExternalConstraints',
	'ChargingStationMaxProfile',
	'TxDefaultProfile',
];

/** Profiles of a day, each on its own stack level. */
const profilesOfADay = (count: number, periods: number): InstalledProfile[] =>
	Array.from({ length: count }, (_, index) => ({
		evseId: 0,
		profile: {
			id: index + 1,
			stackLevel: index,
			chargingProfilePurpose: PURPOSES[index % PURPOSES.length],
			chargingProfileKind: 'Recurring',
			recurrencyKind: 'Daily',
			chargingSchedule: [
				{
					id: 1,
					startSchedule: new Date(START + (index % 96) * 900_000).toISOString(),
					duration: 20 * HOUR,
					chargingRateUnit: index % 2 === 0 ? 'A' : 'W',
					chargingSchedulePeriod: Array.from({ length: periods }, (__, period) => ({
						startPeriod: Math.round((period * 20 * HOUR) / periods),
						limit:
							index % 2 === 0 ? 6 + ((index + period) % 26) : 4200 + ((index + period) % 20) * 900,
					})),
				},
			],
		},
	}));

const dayOf = (profiles: InstalledProfile[]) =>
	compositeSchedule({
		profiles,
		evseId: 1,
		evseIds: [1, 2],
		startMs: START,
		endMs: START + 24 * HOUR * 1000,
		unit: 'A',
		voltage: 230,
		phases: 3,
		transactions: new Map(),
		defaultLimit: { A: 32, W: 22_080 },
	});

/** Prints how long building from prices, composite schedules and charts take; needs no n8n. */
export async function benchSchedules(
	print: (title: string, table: Table.Table) => void,
): Promise<void> {
	const built = new Table({ head: ['Prices', 'Profiles', 'Periods', 'Time', 'A price'] });
	for (const count of [3504, 35_040, 350_400]) {
		const rows = prices(count);
		const schedules = build(rows);
		const periods = schedules.reduce((sum, { hours }) => sum + hours.length, 0);
		const time = await measure(() => build(rows), count > 100_000 ? 5 : ROUNDS);
		built.push([
			count.toLocaleString('en'),
			schedules.length,
			periods.toLocaleString('en'),
			inMs(time),
			`${((time.median / count) * 1000).toFixed(1)} µs`,
		]);
	}
	print('Build From Prices: quarter hours into profiles (a year has 35,040)', built);

	const composed = new Table({ head: ['Profiles', 'Periods each', 'Time', 'A period'] });
	for (const [count, periods] of [
		[100, 24],
		[1000, 24],
		[10_000, 24],
		[1000, 240],
	]) {
		const profiles = profilesOfADay(count, periods);
		const time = await measure(() => dayOf(profiles), count * periods > 100_000 ? 5 : ROUNDS);
		composed.push([
			count.toLocaleString('en'),
			periods,
			inMs(time),
			`${((time.median / count / periods) * 1000).toFixed(2)} µs`,
		]);
	}
	print('Composite schedule of one day', composed);

	const charts = new Table({ head: ['Periods', 'Time', 'PNG', 'SVG'] });
	const first = await measure(() => chartFiles(chartOf(1), 'chart'), 1, 0);
	for (const count of [1, 96, 1024, 10_240]) {
		const content = chartOf(count);
		const time = await measure(() => chartFiles(content, 'chart'));
		const { chart, chartSvg } = await chartFiles(content, 'chart');
		charts.push([
			count.toLocaleString('en'),
			inMs(time),
			...[chart, chartSvg].map(({ bytes }) => `${(bytes.length / 1000).toFixed(0)} kB`),
		]);
	}
	print(`Chart of a day (the first of a process: ${first.median.toFixed(0)} ms)`, charts);
}

/** A day in equal periods with changing limits, set by profiles of three purposes. */
function chartOf(count: number): ChartContent {
	const edge = (index: number) => START + (index / count) * 24 * HOUR * 1000;
	return {
		title: 'Charging limit of connector 1',
		zone: 'Europe/Helsinki',
		unit: 'kW',
		start: START,
		end: edge(count),
		now: edge(count / 2),
		periods: Array.from({ length: count }, (_, index) => ({
			start: edge(index),
			end: edge(index + 1),
			limit: 4 + ((index * 7919) % 19),
			source: PURPOSES[index % PURPOSES.length],
		})),
		sources: [],
		noLimit: 'No limit',
	};
}
