import { inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';

/** A decoded PNG. */
export interface DecodedPng {
	width: number;
	height: number;
	/** The colour at a pixel: `#rrggbb`. */
	at(x: number, y: number): string;
}

/**
 * Decodes a PNG of opaque colours from a palette of 8 bits, with all its data in one chunk.
 * @throws if a byte of the PNG is wrong
 */
export function decodePng(png: Buffer): DecodedPng {
	const { width, height, data, depth, palette, alpha } = PNG.sync.read(png);
	if (!palette || depth !== 8 || alpha) throw new Error('Not opaque colours from a palette');
	// pngjs forgives errors in the compressed data; Node's zlib does not.
	const begin = png.indexOf('IDAT') + 4;
	const rows = inflateSync(png.subarray(begin, begin + png.readUInt32BE(begin - 8)));
	if (rows.length !== (width + 1) * height) throw new Error(`${rows.length} bytes of rows`);
	return {
		width,
		height,
		at(x, y) {
			const offset = (y * width + x) * 4;
			return `#${data.toString('hex', offset, offset + 3)}`;
		},
	};
}
