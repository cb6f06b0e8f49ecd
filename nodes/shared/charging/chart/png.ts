import type { IndexedImage } from './raster';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const BIT_DEPTH = 8;
const INDEXED_COLOUR = 3;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let crc = byte;
	for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
	return crc;
});

function crc32(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
	return (crc ^ 0xffffffff) >>> 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
	const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	return bytes;
}

/** Compresses to the zlib format (RFC 1950), with the platform’s own compression. */
async function compressed(bytes: Uint8Array): Promise<Uint8Array> {
	const { readable, writable } = new CompressionStream('deflate');
	const writer = writable.getWriter();
	const written = Promise.all([writer.write(bytes), writer.close()]);
	const parts: Uint8Array[] = [];
	for await (const part of readable) parts.push(part);
	await written;
	return joined(parts);
}

/** A chunk of a PNG file: length, type, data and checksum. */
function chunk(type: string, data: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(data.length + 12);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, data.length);
	for (let index = 0; index < 4; index++) bytes[4 + index] = type.charCodeAt(index);
	bytes.set(data, 8);
	view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
	return bytes;
}

/** Writes an image of at most 256 colours as PNG (ISO/IEC 15948). */
export async function encodePng({
	width,
	height,
	pixels,
	palette,
}: IndexedImage): Promise<Uint8Array> {
	const header = new Uint8Array(13);
	const view = new DataView(header.buffer);
	view.setUint32(0, width);
	view.setUint32(4, height);
	header.set([BIT_DEPTH, INDEXED_COLOUR], 8);

	// Each row begins with the number of its filter; 0 means no filter.
	const rows = new Uint8Array((width + 1) * height);
	for (let row = 0; row < height; row++) {
		rows.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
	}
	const colours = palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]);
	return joined([
		Uint8Array.from(SIGNATURE),
		chunk('IHDR', header),
		chunk('PLTE', Uint8Array.from(colours)),
		chunk('IDAT', await compressed(rows)),
		chunk('IEND', new Uint8Array(0)),
	]);
}
