// What the benchmark of schedules works on: prices, profiles and a chart, the same in every run.
import type { ChartContent } from '../nodes/shared/charging/chart/chart.ts';
import { planBands } from '../nodes/shared/charging/prices/plan.ts';
import { limitByPrice } from '../nodes/shared/charging/prices/priceBands.ts';
import { priceList } from '../nodes/shared/charging/prices/priceList.ts';
import { MOST_PERIODS } from '../nodes/shared/charging/prices/priceProfiles.ts';
import { priceSchedules } from '../nodes/shared/charging/prices/priceSchedules.ts';
import { readPrices } from '../nodes/shared/charging/prices/readPrices.ts';
import { previewPeriods } from '../nodes/shared/charging/preview/schedulePreview.ts';
import type {
	ChargingProfilePurpose,
	InstalledProfile,
} from '../nodes/shared/charging/profile/profile.ts';

const START = Date.UTC(2026, 0, 1);
const HOUR = 3600;

/** Prices of quarter hours that follow a day (low at night and noon, high in the evening), with some variation. */
export function prices(count: number) {
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
export function build(rows: ReturnType<typeof prices>) {
	const nameOf = (index: number) => `item ${index}`;
	const zone = 'Europe/Helsinki';
	const quotes = readPrices({ rows, nameOf, startField: 'start', priceField: 'price', zone });
	const list = priceList(quotes, { gapPrice: 'highest', notBefore: 0, nameOf });
	const bands = [
		{ upToPrice: 5, limit: 22_000 },
		{ upToPrice: 9, limit: 11_000 },
	];
	const plan = planBands(list, limitByPrice(bands, 4200, nameOf), 1 / 1000);
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
export const profilesOfADay = (count: number, periods: number): InstalledProfile[] =>
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

/** Everything that Preview does with profiles, except the chart. */
export const previewOf = (profiles: InstalledProfile[]) =>
	previewPeriods({
		profiles,
		evseId: 1,
		evseIds: [1, 2],
		startMs: START,
		endMs: START + 24 * HOUR * 1000,
		zone: 'Europe/Helsinki',
		unit: 'A',
		voltage: 230,
		phases: 3,
		localLimit: 32,
		stationLimit: Infinity,
	});

/** A day in equal periods with changing limits, set by profiles of three purposes. */
export function chartOf(count: number): ChartContent {
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
