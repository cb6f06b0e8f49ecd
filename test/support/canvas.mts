import type { INode } from 'n8n-workflow';

import type { WorkflowFile } from '../../host/n8nClient.mts';

// How n8n 2.41.1 draws a workflow, in pixels at full size: `useWorkflowDocumentRenderData` of its editor.

/** n8n aligns what is moved by hand to this grid. */
export const GRID = 16;
const NODE = 96;
const HANDLE_DISTANCE = 32;
/** A label: two lines of 16 pixels at most, no wider than two nodes. A line of small text may follow. */
const LABEL = { gap: 8, lineHeight: 20, width: 2 * NODE, perCharacter: 8, subtitle: 19 };
/** An edge that leads back goes this far to the side, and this far down. */
const BACK = { side: 40, down: 130 };

export interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

export interface Point {
	x: number;
	y: number;
}

export const isNote = ({ type }: INode) => type === 'n8n-nodes-base.stickyNote';

/** How many outputs a node of the examples has. */
function outputsOf({ type, parameters, onError }: INode): number {
	if (['n8n-nodes-base.if', 'n8n-nodes-base.splitInBatches'].includes(type)) return 2;
	if (type === 'n8n-nodes-base.switch') {
		const { rules, options } = parameters as {
			rules: { values: unknown[] };
			options: { fallbackOutput?: string };
		};
		return rules.values.length + (options.fallbackOutput === 'extra' ? 1 : 0);
	}
	return onError === 'continueErrorOutput' ? 2 : 1;
}

const heightOf = (node: INode) => Math.max(NODE, HANDLE_DISTANCE * (outputsOf(node) + 1));

/** A node without its label, or a note. */
export function boxOf(node: INode): Box {
	const [left, top] = node.position;
	const { width = NODE, height = heightOf(node) } = isNote(node)
		? (node.parameters as { width: number; height: number })
		: {};
	return { left, top, right: left + width, bottom: top + height };
}

/** A node's name and the small text under it. */
export function labelOf(node: INode): Box {
	const { left, right, bottom } = boxOf(node);
	const length = node.name.length * LABEL.perCharacter;
	const lines = Math.min(2, Math.ceil(length / LABEL.width));
	const half = Math.min(length, LABEL.width) / 2;
	const middle = (left + right) / 2;
	return {
		left: middle - half,
		top: bottom + LABEL.gap,
		right: middle + half,
		bottom: bottom + LABEL.gap + lines * LABEL.lineHeight + LABEL.subtitle,
	};
}

export interface Edge {
	from: string;
	to: string;
	/** Points close enough to each other that no label fits between them. */
	points: Point[];
}

/** The edges from left to right; those to the tools of an agent run downwards, between its own labels. */
export function edgesOf({ nodes, connections }: WorkflowFile): Edge[] {
	const nodeOf = new Map(nodes.map((node) => [node.name, node]));
	return Object.entries(connections).flatMap(([from, { main = [] }]) =>
		main.flatMap((targets, output) =>
			(targets ?? []).map(({ node: to }) => ({
				from,
				to,
				points: pathOf(nodeOf.get(from)!, output, nodeOf.get(to)!),
			})),
		),
	);
}

function pathOf(source: INode, output: number, target: INode): Point[] {
	const [from, to] = [boxOf(source), boxOf(target)];
	const offset = outputsOf(source) === 1 ? heightOf(source) / 2 : HANDLE_DISTANCE * (output + 1);
	const start = { x: from.right, y: from.top + offset };
	const end = { x: to.left, y: (to.top + to.bottom) / 2 };
	if (start.x - 20 <= end.x) return curve(start, end);
	const [right, left, below] = [start.x + BACK.side, end.x - BACK.side, start.y + BACK.down];
	return [
		start,
		{ x: right, y: start.y },
		{ x: right, y: below },
		{ x: left, y: below },
		{ x: left, y: end.y },
		end,
	].flatMap((point, index, corners) => (index === 0 ? [point] : line(corners[index - 1], point)));
}

const STEPS = 200;
const steps = Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS);

const line = (a: Point, b: Point): Point[] =>
	steps.map((t) => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t }));

/** A Bézier curve whose control points are half-way, level with its ends. */
function curve(a: Point, b: Point): Point[] {
	const half = (b.x - a.x) / 2;
	return steps.map((t) => {
		const u = 1 - t;
		const [p, q, r, s] = [u ** 3, 3 * u * u * t, 3 * u * t * t, t ** 3];
		return {
			x: p * a.x + q * (a.x + half) + r * (b.x - half) + s * b.x,
			y: (p + q) * a.y + (r + s) * b.y,
		};
	});
}

export const overlap = (a: Box, b: Box): boolean =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

export const contains = ({ left, top, right, bottom }: Box, { x, y }: Point): boolean =>
	left < x && x < right && top < y && y < bottom;
