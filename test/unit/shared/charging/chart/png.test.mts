import fc from 'fast-check';
import { inflateSync } from 'node:zlib';

import { deflate } from '../../../../../nodes/shared/charging/chart/deflate.ts';
import { encodePng } from '../../../../../nodes/shared/charging/chart/png.ts';
import { decodePng } from '../../../../support/png.mts';

it('any bytes come out of zlib as they went into deflate', () => {
	const bytes = fc.oneof(
		fc.uint8Array({ maxLength: 3000 }),
		// Long repetitions, of one byte and of rows.
		fc
			.array(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 1, max: 900 })), {
				maxLength: 40,
			})
			.map((runs) =>
				Uint8Array.from(runs.flatMap(([byte, times]) => Array<number>(times).fill(byte))),
			),
	);
	fc.assert(
		fc.property(bytes, fc.integer({ min: 1, max: 32_768 }), (data, rowLength) => {
			expect(Buffer.from(data).equals(inflateSync(deflate(data, rowLength)))).toBe(true);
		}),
		{ numRuns: 500 },
	);
});

it('repetition is compressed: of one byte, and of rows', () => {
	const row = Uint8Array.from({ length: 1000 }, (_, index) => (index * 7919) % 251);
	const rows = Uint8Array.from({ length: 100_000 }, (_, index) => row[index % 1000]);
	expect(deflate(rows, 1000).length).toBeLessThan(3000);
	expect(deflate(new Uint8Array(100_000), 1000).length).toBeLessThan(1000);
});

it('an image of 256 colours is read back, pixel by pixel', () => {
	const width = 256;
	const palette = Array.from({ length: 256 }, (_, index) => (index * 0x010101) ^ 0x00ff00);
	const pixels = Uint8Array.from({ length: width * 3 }, (_, at) => (at * 5) % 256);
	const image = decodePng(Buffer.from(encodePng({ width, height: 3, pixels, palette })));
	expect([image.width, image.height]).toEqual([width, 3]);
	pixels.forEach((index, at) => {
		const colour = `#${palette[index].toString(16).padStart(6, '0')}`;
		expect(image.at(at % width, Math.floor(at / width))).toBe(colour);
	});
});
