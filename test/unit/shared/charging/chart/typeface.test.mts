import type { Drawing } from '../../../../../nodes/shared/charging/chart/drawing.ts';
import { rasterize } from '../../../../../nodes/shared/charging/chart/raster.ts';
import { INK, label } from '../../../../../nodes/shared/charging/chart/style.ts';
import { fitted, textWidth } from '../../../../../nodes/shared/charging/chart/typeface.ts';

/** A text as pixels, row by row: "#" where there is ink. */
function drawn(text: string): string {
	const drawing: Drawing = { width: 60, height: 40, shapes: [label(text, 8, 28, { fill: INK })] };
	const { pixels, width } = rasterize(drawing, 0xffffff);
	const rows = Array.from({ length: 40 }, (_, row) =>
		pixels.subarray(row * width, (row + 1) * width),
	);
	return rows
		.map((row) => Array.from(row, (index) => (index === 0 ? ' ' : '#')).join(''))
		.join('\n');
}

const UNKNOWN = drawn('日');

it('has a glyph of its own for every printable character of Latin-1 and for typographic marks', () => {
	const codes = [...Array(0x100).keys()].filter((code) => code > 0x20 && code !== 0x7f);
	const latin = codes.filter((code) => code < 0x7f || (code > 0xa0 && code !== 0xad));
	const characters = [...String.fromCharCode(...latin), ...'–—‘’“”…€•'];
	const glyphs = new Map(characters.map((character) => [character, drawn(character)]));
	expect(characters.filter((character) => glyphs.get(character) === UNKNOWN)).toEqual([]);
	const seen = new Map<string, string>();
	const alike = characters.filter((character) => {
		const before = seen.get(glyphs.get(character)!);
		seen.set(glyphs.get(character)!, character);
		return before !== undefined;
	});
	expect(alike).toEqual([]);
});

it('an accent is above its letter, also if it comes as a character of its own', () => {
	expect(drawn('a\u0308')).toBe(drawn('ä'));
	const rowsOf = (text: string) =>
		drawn(text)
			.split('\n')
			.findIndex((row) => row.includes('#'));
	expect(rowsOf('ä')).toBeLessThan(rowsOf('a'));
	expect(rowsOf('Å')).toBeLessThan(rowsOf('A'));
	for (const letter of 'šžőąğŁř') expect(drawn(letter)).not.toBe(UNKNOWN);
});

it('any other character, visible or not, is a crossed box, and a space is empty', () => {
	for (const character of ['Ж', '漢', '😀', '\u0000', '\u200d', '\ud800']) {
		expect(drawn(character)).toBe(UNKNOWN);
	}
	expect(drawn(' ').trim()).toBe('');
});

it('shortens a text to a width', () => {
	expect(fitted('Charging', 1000, 24)).toBe('Charging');
	const short = fitted('Charging Station Maximum', 120, 24);
	expect(short).toMatch(/^Charg.*…$/);
	expect(textWidth(short, 24)).toBeLessThanOrEqual(120);
});
