import { readFileSync } from 'node:fs';

import { drawing, withDrawing } from '../../../../tools/architecture/drawing.mts';

it('draws each folder once, and an arrow for each import', () => {
	const block = drawing([
		{ name: 'nodes/Transaction', imports: ['nodes/shared/node'] },
		{ name: 'nodes/shared/node', imports: [] },
	]);
	expect(block).toContain('  nodes_Transaction["Transaction"]\n  subgraph shared\n');
	expect(block).toContain('    nodes_shared_node["node"]\n  end\n');
	expect(block).toContain('  nodes_Transaction --> nodes_shared_node\n');
});

it('does not change the rest of the page, and drawing twice changes nothing', () => {
	const page = readFileSync('docs/how-it-works.md', 'utf8');
	const once = withDrawing(page, 'DRAWING');
	expect(once).toContain('DRAWING');
	expect(once.split('DRAWING')[0]).toBe(page.slice(0, once.indexOf('DRAWING')));
	expect(withDrawing(once, 'DRAWING')).toBe(once);
});
