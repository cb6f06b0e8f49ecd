import { inflateSync } from 'node:zlib';

/** A decoded PNG. */
export interface DecodedPng {
	width: number;
	height: number;
	/** The colour at a pixel: `#rrggbb`. */
	at(x: number, y: number): string;
}

const SIGNATURE = '89504e470d0a1a0a';

/** The CRC of PNG's annex D, bit by bit. */
function crc(bytes: Buffer): number {
	let remainder = 0xffffffff;
	for (const byte of bytes) {
		remainder ^= byte;
		for (let bit = 0; bit < 8; bit++) {
			remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
		}
	}
	return ~remainder >>> 0;
}

/**
 * Decodes a PNG of 8-bit palette indices with Node's own zlib, which checks the compressed data.
 * @throws if a byte of it is wrong
 */
export function decodePng(png: Buffer): DecodedPng {
	if (png.subarray(0, 8).toString('hex') !== SIGNATURE) throw new Error('No PNG signature');
	const chunks = new Map<string, Buffer>();
	for (let offset = 8; offset < png.length; ) {
		const length = png.readUInt32BE(offset);
		const type = png.toString('latin1', offset + 4, offset + 8);
		const sum = png.readUInt32BE(offset + 8 + length);
		if (crc(png.subarray(offset + 4, offset + 8 + length)) !== sum)
			throw new Error(`CRC of ${type}`);
		chunks.set(type, png.subarray(offset + 8, offset + 8 + length));
		offset += 12 + length;
	}
	const order = [...chunks.keys()].join(' ');
	if (order !== 'IHDR PLTE IDAT IEND') throw new Error(`Chunks ${order}`);
	const header = chunks.get('IHDR')!;
	const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
	const kind = header.subarray(8).toString('hex');
	if (kind !== '0803000000') throw new Error(`Kind ${kind}`);
	const palette = chunks.get('PLTE')!;
	const rows = inflateSync(chunks.get('IDAT')!);
	if (rows.length !== (width + 1) * height) throw new Error(`${rows.length} bytes of rows`);
	return {
		width,
		height,
		at(x, y) {
			if (rows[y * (width + 1)] !== 0) throw new Error(`Filter of row ${y}`);
			const index = rows[y * (width + 1) + 1 + x];
			return `#${palette.toString('hex', index * 3, index * 3 + 3)}`;
		},
	};
}
