// Schedules without n8n: how long the pure code takes, and how that grows.
import { promisify } from 'node:util';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { chartFiles } from '../nodes/shared/charging/chart/files.ts';
import { planTariff } from '../nodes/shared/charging/tariff/fit.ts';
import { COLUMNS, tariffOf } from '../tools/capacity/table.mts';
import { TYPICAL_TARIFFS } from '../tools/capacity/tariffs.mts';
import { build, chartOf, previewOf, prices, profilesOfADay } from './scheduleCases.mts';
import { spreadOf, type Spread } from './statistics.mts';

const ROUNDS = 15;
const UNCOUNTED = 3;
const QUARTERS_OF_A_YEAR = 35_040;
/** What the figures should be, in ms. */
const GOALS = { year: 100, fit: 50, preview: 50, firstChart: 50 };

type Work = () => unknown;

/** The spreads of several works (ms), each round of which runs all of them in turn, after some rounds to warm up. */
async function sideBySide(works: readonly Work[], rounds = ROUNDS): Promise<Spread[]> {
	const figures = works.map((): number[] => []);
	for (let round = -UNCOUNTED; round < rounds; round++) {
		for (const [index, work] of works.entries()) {
			const begin = performance.now();
			await work();
			if (round >= 0) figures[index].push(performance.now() - begin);
		}
	}
	return figures.map(spreadOf);
}

const inMs = ({ median, min, max }: Spread) =>
	`${median.toFixed(1)} ms (${min.toFixed(1)}–${max.toFixed(1)})`;

const shareOf = (ms: number, goal: number) => `${(ms / goal).toFixed(2)} of ${goal} ms`;

/** How long the first chart of a process takes (ms): each in a new process, without loading the code. */
async function firstCharts(): Promise<Spread> {
	const script = fileURLToPath(new URL('firstChart.mts', import.meta.url));
	const figures: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script]);
		figures.push(Number(stdout));
	}
	return spreadOf(figures);
}

/** Fits each typical tariff to each capacity, with and without a limit outside, as Recurring profiles. */
async function fits(): Promise<Array<{ name: string; spread: Spread }>> {
	const cases = TYPICAL_TARIFFS.flatMap((typical) =>
		COLUMNS.flatMap((column) =>
			[false, true].map((outside) => ({
				name: `${typical.name}, ${column.title}, ${outside ? 'a' : 'no'} limit outside`,
				tariff: tariffOf(typical, outside, column, 'recurring'),
			})),
		),
	);
	const spreads = await sideBySide(
		cases.map(
			({ tariff }) =>
				() =>
					planTariff(tariff),
		),
	);
	return cases.map(({ name }, index) => ({ name, spread: spreads[index] }));
}

type Print = (title: string, table: Table.Table) => void;

async function benchGoals(print: Print): Promise<void> {
	const table = new Table({ head: ['What', 'Time', 'Of the goal'] });
	const rows = prices(QUARTERS_OF_A_YEAR);
	const profiles = profilesOfADay(1000, 24);
	const [year, preview] = await sideBySide([() => build(rows), () => previewOf(profiles)]);
	table.push([
		'A year of quarter-hour prices, read and built',
		inMs(year),
		shareOf(year.median, GOALS.year),
	]);
	const fitted = (await fits()).sort((a, b) => b.spread.median - a.spread.median);
	const [worst] = fitted;
	const middle = spreadOf(fitted.map(({ spread }) => spread.median));
	table.push(
		[`A fit: the middle one of ${fitted.length}`, inMs(middle), shareOf(middle.median, GOALS.fit)],
		[
			`A fit: the slowest (${worst.name})`,
			inMs(worst.spread),
			shareOf(worst.spread.median, GOALS.fit),
		],
		[
			'Preview of 1,000 profiles × 24 periods',
			inMs(preview),
			shareOf(preview.median, GOALS.preview),
		],
	);
	const first = await firstCharts();
	table.push([
		'The first chart of a process',
		inMs(first),
		shareOf(first.median, GOALS.firstChart),
	]);
	print(`Goals of schedules, medians of ${ROUNDS} rounds`, table);
}

/** Growth is linear if the last column is 1. */
async function benchGrowth(
	print: Print,
	title: string,
	sizes: number[],
	work: (size: number) => Work,
) {
	const spreads = await sideBySide(sizes.map(work));
	const table = new Table({ head: ['Size', 'Time', '× the first', '÷ linear'] });
	for (const [index, size] of sizes.entries()) {
		const ratio = spreads[index].median / spreads[0].median;
		table.push([
			size.toLocaleString('en'),
			inMs(spreads[index]),
			ratio.toFixed(2),
			((ratio * sizes[0]) / size).toFixed(2),
		]);
	}
	print(title, table);
}

/** Prints how long prices, fits, previews and charts take beside their goals, and how that grows; needs no n8n. */
export async function benchSchedules(print: Print): Promise<void> {
	await benchGoals(print);
	await benchGrowth(
		print,
		'Build From Prices: quarter hours into profiles',
		[1, 2, 4, 8].map((times) => times * 8760),
		(count) => {
			const rows = prices(count);
			return () => build(rows);
		},
	);
	await benchGrowth(
		print,
		'Preview of a day: profiles of 24 periods',
		[1000, 2000, 4000, 8000],
		(count) => {
			const profiles = profilesOfADay(count, 24);
			return () => previewOf(profiles);
		},
	);
	await benchGrowth(
		print,
		'Preview of a day: 1,000 profiles, periods in each',
		[24, 48, 96, 192],
		(periods) => {
			const profiles = profilesOfADay(1000, periods);
			return () => previewOf(profiles);
		},
	);

	const charts = new Table({ head: ['Periods', 'Time', 'PNG', 'SVG'] });
	const counts = [1, 96, 1024, 10_240];
	const spreads = await sideBySide(
		counts.map((count) => {
			const content = chartOf(count);
			return () => chartFiles(content, 'chart');
		}),
	);
	for (const [index, count] of counts.entries()) {
		const { chart, chartSvg } = await chartFiles(chartOf(count), 'chart');
		charts.push([
			count.toLocaleString('en'),
			inMs(spreads[index]),
			...[chart, chartSvg].map(({ bytes }) => `${(bytes.length / 1000).toFixed(0)} kB`),
		]);
	}
	print('Chart of a day, later ones of a process', charts);
}
