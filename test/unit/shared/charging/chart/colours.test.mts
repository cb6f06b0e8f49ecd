import {
	CARD,
	CHOSEN,
	COLOURS,
	INK,
	NOT_CHOSEN,
	NOW,
	SOFT_INK,
} from '../../../../../nodes/shared/charging/chart/style.ts';

type Rgb = [number, number, number];

/** The intensity of red, green and blue light, from 0 to 1 (sRGB, IEC 61966-2-1). */
const light = (colour: number): Rgb =>
	[16, 8, 0].map((shift) => {
		const part = ((colour >> shift) & 0xff) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	}) as Rgb;

const times = (matrix: readonly Rgb[], [r, g, b]: Rgb) =>
	matrix.map((row) => row[0] * r + row[1] * g + row[2] * b) as Rgb;

/** The contrast of two colours (WCAG 2.2). */
function contrast(one: number, other: number): number {
	const [dark, bright] = [one, other]
		.map((colour) => times([[0.2126, 0.7152, 0.0722]], light(colour))[0])
		.sort((a, b) => a - b);
	return (bright + 0.05) / (dark + 0.05);
}

/** How people without one kind of cone see light (Machado, Oliveira and Fernandes 2009). */
const VISION: Record<string, Rgb[]> = {
	normal: [
		[1, 0, 0],
		[0, 1, 0],
		[0, 0, 1],
	],
	protanopia: [
		[0.152286, 1.052583, -0.204868],
		[0.114503, 0.786281, 0.099216],
		[-0.003882, -0.048116, 1.051998],
	],
	deuteranopia: [
		[0.367322, 0.860646, -0.227968],
		[0.280085, 0.672501, 0.047413],
		[-0.01182, 0.04294, 0.968881],
	],
	tritanopia: [
		[1.255528, -0.076749, -0.178779],
		[-0.078411, 0.930809, 0.147602],
		[0.004733, 0.691367, 0.3039],
	],
};

/** CIELAB coordinates, in which distances are about as large as people see them. */
function lab(colour: number, vision: Rgb[]): Rgb {
	const [x, y, z] = times(
		[
			[0.4124, 0.3576, 0.1805],
			[0.2126, 0.7152, 0.0722],
			[0.0193, 0.1192, 0.9505],
		],
		times(vision, light(colour)).map((part) => Math.min(1, Math.max(0, part))) as Rgb,
	).map((part, index) => Math.cbrt(part / [0.9505, 1, 1.089][index]));
	return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

it('texts and lines are readable on the card', () => {
	for (const text of [INK, SOFT_INK, NOW]) expect(contrast(text, CARD)).toBeGreaterThan(4.5);
	const { none, ...purposes } = COLOURS;
	for (const line of [...Object.values(purposes), CHOSEN]) {
		expect(contrast(line, CARD)).toBeGreaterThan(3);
	}
	for (const quiet of [none, NOT_CHOSEN]) expect(contrast(quiet, CARD)).toBeGreaterThan(2.5);
});

it.each(Object.entries(VISION))('colours differ with %s vision', (_name, vision) => {
	const close = (colours: number[]) =>
		colours.flatMap((one, index) =>
			colours.slice(index + 1).flatMap((other) => {
				const [a, b] = [lab(one, vision), lab(other, vision)];
				const apart = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
				return apart < 20 ? [`${one.toString(16)} and ${other.toString(16)}: ${apart}`] : [];
			}),
		);
	expect(close(Object.values(COLOURS))).toEqual([]);
	expect(close([CHOSEN, NOT_CHOSEN])).toEqual([]);
});
