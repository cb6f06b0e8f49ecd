import { readFileSync } from 'node:fs';

import { runProcess } from '../../../../host/support/processes.mts';
import { drawing, withDrawing } from '../../../../tools/architecture/drawing.mts';

it('every import goes the way that it should, and the drawing in the docs is up to date', async () => {
	const { exitCode, stdout, stderr } = await runProcess(process.execPath, [
		'--import',
		'tsx',
		'tools/architecture/main.mts',
		'--check',
	]);
	expect(stderr).toBe('');
	expect(stdout).toContain('Every import goes the way that it should.');
	expect(exitCode).toBe(0);
});

it('draws each folder once, and an arrow for each import', () => {
	const block = drawing([
		{ name: 'nodes/Transaction', imports: ['nodes/shared/node'] },
		{ name: 'nodes/shared/node', imports: [] },
	]);
	expect(block).toContain('  nodes_Transaction["Transaction"]\n  subgraph shared\n');
	expect(block).toContain('    nodes_shared_node["node"]\n  end\n');
	expect(block).toContain('  nodes_Transaction --> nodes_shared_node\n');
});

it('leaves the rest of the page as it is, and drawing twice changes nothing', () => {
	const page = readFileSync('docs/how-it-works.md', 'utf8');
	const once = withDrawing(page, 'DRAWING');
	expect(once).toContain('DRAWING');
	expect(once.split('DRAWING')[0]).toBe(page.slice(0, once.indexOf('DRAWING')));
	expect(withDrawing(once, 'DRAWING')).toBe(once);
});
