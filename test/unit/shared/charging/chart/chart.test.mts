import { DateTime } from 'luxon';

import {
	drawChart,
	type ChartContent,
	type ChartPeriod,
} from '../../../../../nodes/shared/charging/chart/chart.ts';
import { chartFiles } from '../../../../../nodes/shared/charging/chart/files.ts';
import { COLOURS, NOW, PLOT } from '../../../../../nodes/shared/charging/chart/style.ts';
import { PURPOSES } from '../../../../../nodes/shared/charging/profile/profile.ts';
import { decodePng } from '../../../../support/png.mts';

const HELSINKI = 'Europe/Helsinki';
const at = (time: string) => DateTime.fromISO(time, { zone: HELSINKI }).toMillis();
const hex = (colour: number) => `#${colour.toString(16).padStart(6, '0')}`;

const DEFAULT = 'TxDefaultProfile' as const;

/** 15 January: 22 kW without a profile until noon, then 11 kW. */
const content = (changes: Partial<ChartContent> = {}): ChartContent => ({
	title: 'Charging limit of connector 1',
	zone: HELSINKI,
	unit: 'kW',
	start: at('2026-01-15'),
	end: at('2026-01-16'),
	now: 0,
	periods: [
		{ start: at('2026-01-15'), end: at('2026-01-15T12:00'), limit: 22, source: 'none' },
		{ start: at('2026-01-15T12:00'), end: at('2026-01-16'), limit: 11, source: DEFAULT },
	],
	sources: [
		{ source: DEFAULT, name: 'Transaction Default', detail: 'ID 1, level 0' },
		{ source: 'none', name: 'No profile' },
	],
	noLimit: 'No limit',
	...changes,
});

const equalPeriods = (count: number, of: (index: number) => Partial<ChartPeriod>): ChartPeriod[] =>
	Array.from({ length: count }, (_, index) => {
		const [start, end] = [index, index + 1].map(
			(edge) => at('2026-01-15') + (edge * 86_400_000) / count,
		);
		return { start, end, limit: 0, source: DEFAULT, ...of(index) };
	});

const pngOf = async (of: ChartContent) => Buffer.from((await chartFiles(of, 'chart')).chart.bytes);
const textsOf = (of: ChartContent) =>
	drawChart(of).shapes.flatMap((shape) => (shape.type === 'label' ? [shape.text] : []));

/** The column of pixels at a share of the plot’s width. */
const across = (share: number) => Math.round(PLOT.left + share * (PLOT.right - PLOT.left));
/** Where the plot begins and ends, without rows of values above it. */
const [TOP, BOTTOM] = [156, 472];
/** The row of pixels of a limit, on an axis that ends at 25. */
const down = (limit: number) => BOTTOM - (limit / 25) * (BOTTOM - TOP);

it('the line is at the height of the limit, in the colour of the profile that set it', async () => {
	const image = decodePng(await pngOf(content()));
	const noProfile = Math.round(down(22));
	const profile = Math.round(down(11));
	expect(image.at(across(0.1), noProfile)).toBe(hex(COLOURS.none));
	expect(image.at(across(0.6), profile)).toBe(hex(COLOURS[DEFAULT]));
	expect(image.at(across(0.6), noProfile)).toBe('#ffffff');
	expect(image.at(across(0.1), profile)).not.toBe('#ffffff');
	expect(image.at(across(0.6), BOTTOM - 5)).not.toBe('#ffffff');
});

it('shows the title, the times, the zone, the limits and the profiles as texts', () => {
	expect(textsOf(content())).toEqual(
		expect.arrayContaining([
			'Charging limit of connector 1',
			'Thu 15 Jan 00:00 – Fri 16 Jan 2026 00:00 · Europe/Helsinki (UTC+02:00)',
			'kW',
			'25',
			'22',
			'11',
			'00:00',
			'Thu 15 Jan',
			'22:00',
			'Transaction Default',
			'ID 1, level 0',
			'No profile',
		]),
	);
});

it('marks the present if it is within the window', async () => {
	const now = at('2026-01-15T18:00');
	const image = decodePng(await pngOf(content({ now })));
	expect(image.at(across(0.75), TOP + 20)).toBe(hex(NOW));
	expect(textsOf(content({ now }))).toContain('now 18:00');
	expect(textsOf(content()).join()).not.toContain('now');
});

it.each([
	['2026-03-29', 23, 'clocks +1 h', '(UTC+02:00, then UTC+03:00)'],
	['2026-10-25', 25, 'clocks –1 h', '(UTC+03:00, then UTC+02:00)'],
])('%s has %i hours, each at its local time', async (day, hours, change, offsets) => {
	const [start, end] = [at(day), at(`${day}T00:00`) + hours * 3_600_000];
	const evening = at(`${day}T17:00`);
	const periods = [
		{ start, end: evening, limit: 22, source: 'none' as const },
		{ start: evening, end, limit: 11, source: DEFAULT },
	];
	const texts = textsOf(content({ start, end, periods }));
	expect(texts).toContain(change);
	expect(texts.some((text) => text.endsWith(offsets))).toBe(true);
	const image = decodePng(await pngOf(content({ start, end, periods })));
	const edge = (17 + (hours - 24)) / hours;
	expect(image.at(across(edge) - 4, Math.round(down(22)))).toBe(hex(COLOURS.none));
	expect(image.at(across(edge) + 4, Math.round(down(11)))).toBe(hex(COLOURS[DEFAULT]));
});

it('a limit of 0 is a line on the axis, and a chart with only 0 is drawn', async () => {
	const periods = equalPeriods(1, () => ({ limit: 0, source: DEFAULT }));
	const image = decodePng(await pngOf(content({ periods })));
	expect(image.at(across(0.3), BOTTOM - 2)).toBe(hex(COLOURS[DEFAULT]));
	expect(textsOf(content({ periods }))).toContain('0');
});

it('a period that is too short for a pixel is still visible', async () => {
	const [start, end] = [at('2026-01-15'), at('2026-01-16')];
	const dip = at('2026-01-15T12:00');
	const periods = [
		{ start, end: dip, limit: 22, source: DEFAULT },
		{ start: dip, end: dip + 1000, limit: 0, source: DEFAULT },
		{ start: dip + 1000, end, limit: 22, source: DEFAULT },
	];
	const image = decodePng(await pngOf(content({ periods })));
	const middle = Math.round(down(8));
	expect(image.at(across(0.5), middle)).not.toBe(image.at(across(0.4), middle));
});

it.each([
	['96 periods', equalPeriods(96, (i) => ({ limit: [6, 16, 32][(i * i) % 3], source: DEFAULT }))],
	[
		'1,024 periods of all purposes',
		equalPeriods(1024, (i) => ({ limit: (i * 7919) % 100, source: PURPOSES[i % 4] })),
	],
])('%s make an image of at most 30 kB', async (_name, periods) => {
	const png = await pngOf(content({ periods, unit: 'A' }));
	expect(png.length).toBeLessThanOrEqual(30_000);
	expect(decodePng(png).width).toBe(1200);
});

it('a purpose has its colour whatever else is in the chart', async () => {
	const periods = (source: ChartPeriod['source']) =>
		equalPeriods(2, (index) => (index === 0 ? { limit: 11, source } : { limit: 22 }));
	for (const source of PURPOSES) {
		const image = decodePng(await pngOf(content({ periods: periods(source) })));
		expect(image.at(across(0.1), Math.round(down(11)))).toBe(hex(COLOURS[source]));
	}
});

it('where there is no limit, a dashed line is above the axis, and texts say so', async () => {
	const periods = equalPeriods(2, (index) => ({ limit: index === 0 ? 22 : undefined }));
	const image = decodePng(await pngOf(content({ periods })));
	const row = Array.from({ length: 100 }, (_, index) => image.at(across(0.55) + index, TOP + 3));
	expect(row).toContain('#475467');
	expect(row).toContain('#ffffff');
	expect(image.at(across(0.2), TOP + 3)).toBe('#ffffff');
	expect(image.at(across(0.7), BOTTOM - 5)).toBe('#ffffff');
	expect(textsOf(content({ periods }))).toEqual(expect.arrayContaining(['no limit', 'No limit']));
	expect(textsOf(content())).not.toContain('No limit');
});

it('without any limit, the axis has no values', () => {
	const texts = textsOf(content({ periods: equalPeriods(1, () => ({ limit: undefined })) }));
	expect(texts).toContain('no limit');
	expect(texts.filter((text) => /^\d+(\.\d+)?$/.test(text))).toEqual([]);
});

it('the legend directly follows the axis', () => {
	const week = content({ end: at('2026-01-22') });
	const gaps = [content(), week].map((of) => {
		const labels = drawChart(of).shapes.flatMap((shape) => (shape.type === 'label' ? [shape] : []));
		const legend = labels.findIndex(({ text }) => text === 'Transaction Default');
		return labels[legend].y - Math.max(...labels.slice(0, legend).map(({ y }) => y));
	});
	expect(gaps).toEqual([46, 46]);
});

it('the SVG is well-formed and has the same texts', async () => {
	const of = content({ title: 'A & B <"C"> C' });
	const { bytes, mimeType, fileName } = (await chartFiles(of, 'limit')).chartSvg;
	expect([mimeType, fileName]).toEqual(['image/svg+xml', 'limit.svg']);
	const svg = Buffer.from(bytes).toString('utf8');
	const tags = svg.replace(/<text [^<>]*>[^<>]*<\/text>|<path [^<>]*\/>/g, '').trim();
	expect(tags).toMatch(/^<svg [^<>]*>\s*<\/svg>$/);
	expect(svg).toContain('A &amp; B &lt;&quot;C&quot;&gt; C<');
	for (const text of textsOf(content({ title: 'C' }))) expect(svg).toContain(`${text}<`);
});
