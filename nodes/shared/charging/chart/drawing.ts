/** A picture as a list of shapes, for any renderer: in pixels, with `y` downwards; later shapes cover earlier ones. */
export interface Drawing {
	width: number;
	height: number;
	shapes: Shape[];
}

export type Shape = Rectangle | Line | Label;

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

/** A straight line between two points, with round ends. */
export interface Line {
	type: 'line';
	x1: number;
	y1: number;
	x2: number;
	y2: number;
	width: number;
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

/** The same shapes, further down. */
export const movedDown = (shapes: readonly Shape[], by: number): Shape[] =>
	shapes.map((shape) =>
		shape.type === 'line'
			? { ...shape, y1: shape.y1 + by, y2: shape.y2 + by }
			: { ...shape, y: shape.y + by },
	);

/** A mixture of two colours: `share` is the part of the first, from 0 to 1. */
export function mix(first: Colour, second: Colour, share: number): Colour {
	const channel = (shift: number) => {
		const [a, b] = [(first >> shift) & 0xff, (second >> shift) & 0xff];
		return Math.round(a * share + b * (1 - share)) << shift;
	};
	return channel(16) | channel(8) | channel(0);
}
