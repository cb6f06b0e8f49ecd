/*
 * The zlib format (RFC 1950) around one block of deflate (RFC 1951) with its fixed codes. Nodes may use no built-in
 * modules, and of what repeats in a chart nearly all is the pixel before or the row above.
 */

const SHORTEST_MATCH = 3;
const LONGEST_MATCH = 258;
const END_OF_BLOCK = 256;

/** The first value of each code and its number of extra bits, as RFC 1951 tabulates them in section 3.2.5. */
interface Codes {
	base: number[];
	extraBits: number[];
}

function codes(first: number, count: number, extraBitsOf: (code: number) => number): Codes {
	const extraBits = Array.from({ length: count }, (_, code) => extraBitsOf(code));
	const base: number[] = [];
	let value = first;
	for (const bits of extraBits) {
		base.push(value);
		value += 1 << bits;
	}
	return { base, extraBits };
}

/** Codes 257 to 284; 285, for the longest match alone, is left out. */
const LENGTHS = codes(3, 28, (code) => Math.max(0, (code >> 2) - 1));
const DISTANCES = codes(1, 30, (code) => Math.max(0, (code >> 1) - 1));

/** The code whose range holds a value. */
function codeOf({ base }: Codes, value: number): number {
	let code = base.length - 1;
	while (base[code] > value) code--;
	return code;
}

class BitWriter {
	private bytes = new Uint8Array(1 << 14);
	private length = 0;
	private pending = 0;
	private pendingBits = 0;

	/** Lowest bit first. */
	write(value: number, bits: number): void {
		this.pending |= value << this.pendingBits;
		this.pendingBits += bits;
		for (; this.pendingBits >= 8; this.pendingBits -= 8) {
			this.push(this.pending & 0xff);
			this.pending >>>= 8;
		}
	}

	writeCode({ reversed, bits }: Code): void {
		this.write(reversed, bits);
	}

	/** Fills the last byte. */
	finish(): Uint8Array {
		if (this.pendingBits > 0) this.push(this.pending & 0xff);
		return this.bytes.subarray(0, this.length);
	}

	private push(byte: number): void {
		if (this.length === this.bytes.length) {
			const larger = new Uint8Array(2 * this.length);
			larger.set(this.bytes);
			this.bytes = larger;
		}
		this.bytes[this.length++] = byte;
	}
}

/** A Huffman code as it is written: they go highest bit first, all else lowest bit first. */
interface Code {
	reversed: number;
	bits: number;
}

function codeFor(code: number, bits: number): Code {
	let reversed = 0;
	for (let bit = 0; bit < bits; bit++) reversed |= ((code >> bit) & 1) << (bits - 1 - bit);
	return { reversed, bits };
}

/** The fixed codes of section 3.2.6: of literal bytes, the end of the block and lengths, and of distances. */
const SYMBOLS = Array.from({ length: 288 }, (_, symbol) => {
	if (symbol < 144) return codeFor(0x30 + symbol, 8);
	if (symbol < 256) return codeFor(0x190 + symbol - 144, 9);
	return symbol < 280 ? codeFor(symbol - 256, 7) : codeFor(0xc0 + symbol - 280, 8);
});
const DISTANCE_SYMBOLS = Array.from({ length: 30 }, (_, symbol) => codeFor(symbol, 5));

function writeMatch(writer: BitWriter, length: number, distance: number): void {
	const lengthCode = codeOf(LENGTHS, length);
	writer.writeCode(SYMBOLS[END_OF_BLOCK + 1 + lengthCode]);
	writer.write(length - LENGTHS.base[lengthCode], LENGTHS.extraBits[lengthCode]);
	const distanceCode = codeOf(DISTANCES, distance);
	writer.writeCode(DISTANCE_SYMBOLS[distanceCode]);
	writer.write(distance - DISTANCES.base[distanceCode], DISTANCES.extraBits[distanceCode]);
}

/** How many bytes from `at` on are as those `distance` before. */
function matchLength(data: Uint8Array, at: number, distance: number): number {
	if (distance > at) return 0;
	const longest = Math.min(LONGEST_MATCH - 1, data.length - at);
	let length = 0;
	while (length < longest && data[at + length] === data[at + length - distance]) length++;
	return length;
}

/** RFC 1950, section 8. */
function adler32(data: Uint8Array): number {
	const modulus = 65_521;
	const beforeOverflow = 5552;
	let [a, b] = [1, 0];
	for (let from = 0; from < data.length; from += beforeOverflow) {
		const to = Math.min(data.length, from + beforeOverflow);
		for (let at = from; at < to; at++) {
			a += data[at];
			b += a;
		}
		a %= modulus;
		b %= modulus;
	}
	return ((b << 16) | a) >>> 0;
}

/**
 * Compresses bytes into a zlib stream.
 * @param rowLength the distance at which they repeat most, at most 32,768
 */
export function deflate(data: Uint8Array, rowLength: number): Uint8Array {
	const writer = new BitWriter();
	writer.write(0x78, 8);
	writer.write(0x01, 8);
	writer.write(0b011, 3);
	for (let at = 0; at < data.length; ) {
		const run = matchLength(data, at, 1);
		const above = matchLength(data, at, rowLength);
		const length = Math.max(run, above);
		if (length >= SHORTEST_MATCH) {
			writeMatch(writer, length, run >= above ? 1 : rowLength);
			at += length;
		} else {
			writer.writeCode(SYMBOLS[data[at]]);
			at++;
		}
	}
	writer.writeCode(SYMBOLS[END_OF_BLOCK]);
	const compressed = writer.finish();
	const stream = new Uint8Array(compressed.length + 4);
	stream.set(compressed);
	new DataView(stream.buffer).setUint32(compressed.length, adler32(data));
	return stream;
}
