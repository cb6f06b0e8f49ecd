/** A picture as what is to be seen, for any renderer: pixels, `y` downwards, later shapes above earlier ones. */
export interface Drawing {
	width: number;
	height: number;
	shapes: Shape[];
}

export type Shape = Rectangle | Label;

/** `0xRRGGBB`. */
export type Colour = number;

export interface Rectangle {
	type: 'rectangle';
	x: number;
	y: number;
	width: number;
	height: number;
	fill: Colour;
}

export interface Label {
	type: 'label';
	text: string;
	/** Where `anchor` of the text stands, on its baseline. */
	x: number;
	y: number;
	anchor: 'start' | 'middle' | 'end';
	/** The height of a line of text. */
	size: number;
	bold: boolean;
	fill: Colour;
}

/** A colour between two: `share` of the first, from 0 to 1. */
export function mix(first: Colour, second: Colour, share: number): Colour {
	const channel = (shift: number) => {
		const [a, b] = [(first >> shift) & 0xff, (second >> shift) & 0xff];
		return Math.round(a * share + b * (1 - share)) << shift;
	};
	return channel(16) | channel(8) | channel(0);
}
