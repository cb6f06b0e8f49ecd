declare module 'gifenc' {
	type Colour = [red: number, green: number, blue: number];

	export function quantize(rgba: Uint8Array, maxColours: number): Colour[];
	export function applyPalette(rgba: Uint8Array, palette: Colour[]): Uint8Array;
	export function GIFEncoder(): {
		writeFrame(
			indexes: Uint8Array,
			width: number,
			height: number,
			options: {
				palette?: Colour[];
				/** Milliseconds. */
				delay: number;
				transparent?: boolean;
				transparentIndex?: number;
				/** 1: the next frame is drawn over this one. */
				dispose?: number;
			},
		): void;
		finish(): void;
		bytes(): Uint8Array;
	};
}
