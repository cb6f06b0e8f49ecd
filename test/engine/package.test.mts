import { readdirSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import spawn from 'nano-spawn';

import { schemaFiles } from '../../tools/schemas/schemaFiles.mts';
import { runNode } from '../support/engine.mts';

interface PackageJson {
	dependencies?: unknown;
	peerDependencies: Record<string, string>;
	n8n: { strict: boolean; nodes: string[]; credentials: string[] };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as PackageJson;

it('contains only one bundle and the files by which n8n finds its nodes', async () => {
	const { stdout } = await spawn('npm', ['pack', '--dry-run', '--json', '--loglevel=error']);
	const [{ files, size }] = JSON.parse(stdout) as [
		{ files: Array<{ path: string }>; size: number },
	];
	const { nodes, credentials } = manifest.n8n;
	const expected = [
		...['LICENSE', 'README.md', 'package.json', 'dist/bundle.js'],
		...[...nodes, ...credentials],
		...nodes.map((node) => node.replace(/\.js$/, '.json')),
		...(await schemaFiles()).map((path) => `dist/${path}`),
		...readdirSync('icons').map((icon) => `dist/icons/${icon}`),
	];
	expect(files.map(({ path }) => path).sort()).toEqual(expected.sort());
	expect(size).toBeLessThan(140_000);
});

it('n8n finds each class by the name of its file', async () => {
	for (const path of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) {
		const className = basename(path).split('.')[0];
		const found = (await import(resolve(path))) as Record<string, { name: string }>;
		expect(found[className].name).toBe(className);
	}
});

it('the stack of an error has the names of the source code', async () => {
	const parameters = { resource: 'chargingStation', operation: 'unknown' };
	const { error } = await runNode({ type: 'chargerOperations', parameters, credential: {} });
	expect(error!.stack).toMatch(/at (async )?runOperations /);
});

it('needs only the n8n that runs it', () => {
	expect(manifest.dependencies).toBeUndefined();
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	expect(manifest.n8n.strict).toBe(true);
});
