/**
 * A hash of 53 bits: two halves of 32 bits, each mixed with other factors (like cyrb53, by bryc, public domain). Two texts
 * have the same hash with a probability of 1 in 9 × 10^15.
 */
export function hashNumberOf(text: string): number {
	let one = 0xdeadbeef;
	let two = 0x41c6ce57;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		one = Math.imul(one ^ code, 0x9e3779b1);
		two = Math.imul(two ^ code, 0x5f356495);
	}
	const first = stirred(one, two);
	const second = stirred(two, first);
	return (second & 0x1fffff) * 2 ** 32 + (first >>> 0);
}

/** The same in base 36, which is shorter to store. */
export const hashOf = (text: string): string => hashNumberOf(text).toString(36);

/** Mixes two halves so that every bit of both can change every bit of the result. */
const stirred = (half: number, other: number): number =>
	Math.imul(half ^ (half >>> 16), 0x85ebca6b) ^ Math.imul(other ^ (other >>> 13), 0xc2b2ae35);
