import { encodePng } from '../../../../../nodes/shared/charging/chart/png.ts';
import { decodePng } from '../../../../support/png.mts';

/** Bytes without repetitions, which hardly compress. */
function noise(length: number): Uint8Array {
	let state = 1;
	return Uint8Array.from({ length }, () => (state = (state * 16_807) % 2_147_483_647) >> 8);
}

it.each([
	['of 256 colours', Uint8Array.from({ length: 256 * 3 }, (_, at) => (at * 5) % 256)],
	['that hardly compresses', noise(256 * 600)],
])('an image %s is the same when read back, pixel by pixel', async (_name, pixels) => {
	const [width, height] = [256, pixels.length / 256];
	const palette = Array.from({ length: 256 }, (_, index) => (index * 0x010101) ^ 0x00ff00);
	const image = decodePng(Buffer.from(await encodePng({ width, height, pixels, palette })));
	expect([image.width, image.height]).toEqual([width, height]);
	const read = Array.from(pixels, (_, at) => image.at(at % width, Math.floor(at / width)));
	const drawn = Array.from(pixels, (index) => `#${palette[index].toString(16).padStart(6, '0')}`);
	expect(read).toEqual(drawn);
});
