import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

import { npmCommand } from '../../host/support/npm.cjs';

interface PackageJson {
	dependencies?: unknown;
	peerDependencies: Record<string, string>;
	n8n: { strict: boolean; nodes: string[]; credentials: string[] };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as PackageJson;

it('holds nodes, credentials, icons, README and LICENSE, and nothing else', async () => {
	const { command, args, shell } = npmCommand();
	const { stdout } = await promisify(execFile)(
		command,
		[...args, 'pack', '--dry-run', '--json', '--loglevel=error'],
		{ shell },
	);
	const [{ files }] = JSON.parse(stdout) as [{ files: Array<{ path: string }> }];
	const paths = files.map(({ path }) => path);
	const expected =
		/^(package\.json|README\.md|LICENSE|dist\/icons\/[\w.-]+\.svg|dist\/(nodes|credentials)\/[\w./-]+\.(js|node\.json))$/;
	expect(paths.filter((path) => !expected.test(path))).toEqual([]);
	expect(paths).toEqual(expect.arrayContaining(manifest.n8n.nodes));
	expect(paths).toEqual(expect.arrayContaining(manifest.n8n.credentials));
	for (const node of manifest.n8n.nodes) expect(paths).toContain(node.replace(/\.js$/, '.json'));
});

it('needs nothing but the n8n that hosts it', () => {
	expect(manifest.dependencies).toBeUndefined();
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	expect(manifest.n8n.strict).toBe(true);
});
