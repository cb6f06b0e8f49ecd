/** A picture as a list of shapes, for any renderer: in pixels, with `y` downwards; later shapes cover earlier ones. */
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
	/** The point on the text’s baseline at which its `anchor` is. */
	x: number;
	y: number;
	anchor: 'start' | 'middle' | 'end';
	/** The height of a line of text. */
	size: number;
	bold: boolean;
	fill: Colour;
}

/** A mixture of two colours: `share` is the part of the first, from 0 to 1. */
export function mix(first: Colour, second: Colour, share: number): Colour {
	const channel = (shift: number) => {
		const [a, b] = [(first >> shift) & 0xff, (second >> shift) & 0xff];
		return Math.round(a * share + b * (1 - share)) << shift;
	};
	return channel(16) | channel(8) | channel(0);
}
