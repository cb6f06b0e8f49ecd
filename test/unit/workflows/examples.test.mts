import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { WorkflowFile } from '../../../host/n8nClient.mts';
import {
	boxOf,
	contains,
	edgesOf,
	GRID,
	isNote,
	labelOf,
	overlap,
	type Box,
} from '../../support/canvas.mts';

const FOLDER = join(process.cwd(), 'workflows');
const examples = readdirSync(FOLDER)
	.filter((name) => name.endsWith('.json'))
	.map((name): [string, WorkflowFile] => [
		name,
		JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as WorkflowFile,
	]);

/** Everything that is drawn, except edges. */
const drawn = ({ nodes }: WorkflowFile): Array<{ of: string; what: string; box: Box }> =>
	nodes.flatMap((node) => [
		{ of: node.name, what: node.name, box: boxOf(node) },
		...(isNote(node) ? [] : [{ of: node.name, what: `label of ${node.name}`, box: labelOf(node) }]),
	]);

describe.each(examples)('the canvas of workflows/%s', (_, workflow) => {
	it('is aligned to n8n’s grid', () => {
		const off = workflow.nodes.filter(({ position }) => position.some((at) => at % GRID !== 0));
		expect(off.map(({ name, position }) => ({ name, position }))).toEqual([]);
	});

	it('has no node, label or note on another', () => {
		const all = drawn(workflow);
		const overlaps = all.flatMap((one, index) =>
			all
				.slice(index + 1)
				.filter((other) => other.of !== one.of && overlap(one.box, other.box))
				.map((other) => `${one.what} and ${other.what}`),
		);
		expect(overlaps).toEqual([]);
	});

	it('has no edge across a node, a label or a note', () => {
		const crossed = edgesOf(workflow).flatMap(({ from, to, points }) =>
			drawn(workflow)
				// An edge ends at its own nodes, but must not cross their labels either.
				.filter(({ what }) => what !== from && what !== to)
				.filter(({ box }) => points.some((point) => contains(box, point)))
				.map(({ what }) => `${from} → ${to} crosses ${what}`),
		);
		expect(crossed).toEqual([]);
	});
});

describe.each(examples)('workflows/%s', (_, workflow) => {
	const about = workflow.nodes.find(({ name }) => name === 'About')!.parameters.content as string;
	const names = workflow.nodes.map(({ name }) => name);

	it('says in its note what to change, at most three things, what to click and what to see', () => {
		expect(about).toMatch(
			/^## .+\n[^]+\n\n\*\*Change\*\*\n(\d\. .+\n){1,3}\n\*\*Click first\*\* .+\n\n\*\*See\*\* .+$/,
		);
	});

	it('names only nodes that exist, in its notes', () => {
		const notes = workflow.nodes
			.filter(isNote)
			.map(({ parameters }) => parameters.content as string);
		const others = ['Publish', 'Execute workflow', 'Open chat', 'Approve', 'Include Simulated'];
		const named = notes.flatMap((note) =>
			[...note.matchAll(/(?<!\*)\*([^*]+)\*(?!\*)/g)].map(([, name]) => name),
		);
		expect(named.filter((name) => ![...names, ...others].includes(name))).toEqual([]);
	});

	it('has no JSON to edit, and only the addresses that npm start serves', () => {
		expect(workflow.nodes.filter(({ parameters }) => parameters.mode === 'raw')).toEqual([]);
		const text = JSON.stringify(workflow);
		const hosts = [...text.matchAll(/https?:\/\/([^/"\\ ]+)/g)].map(([, host]) => host);
		const served = ['prices.example.com', 'inbox.example.com', 'payments.example.com'];
		// The name of SVG’s elements, to which nothing is sent.
		const names = ['www.w3.org'];
		expect(hosts.filter((host) => ![...served, ...names].includes(host))).toEqual([]);
	});
});
