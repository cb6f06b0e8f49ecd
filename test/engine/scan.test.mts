import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import spawn, { type SubprocessError } from 'nano-spawn';

// The rules take NODE_ENV=test, which Jest sets, for tests of their own, and then look at any file name.
const scan = (...options: string[]) =>
	spawn(process.execPath, ['host/bootstrap.mjs', 'tools/scan/main.mts', ...options], {
		env: { NODE_ENV: 'production' },
	});

it('n8n’s scanner finds nothing in the source and in the packed package', async () => {
	const { stdout } = await scan('--no-build');
	expect(stdout).toMatch(
		/^Source: [1-9]\d+ files, 0 findings\nTarball: [1-9]\d* files, 0 findings$/,
	);
}, 240_000);

it('names what it finds, also where a comment switches the rule off', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'charger-operations-scan-test-'));
	const manifest = { name: 'other-package', version: '1.0.0', overrides: { luxon: '1.0.0' } };
	writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
	writeFileSync(join(folder, 'a.js'), '/* eslint-disable */\nconsole.log(process.env.HOME);\n');
	const { stdout, exitCode } = (await scan('--package', folder).catch(
		(error: SubprocessError) => error,
	)) as SubprocessError;
	expect(exitCode).toBe(1);
	expect(stdout).toContain('a.js:2  no-console  ');
	expect(stdout).toContain('package.json:1  @n8n/community-nodes/no-overrides-field  ');
}, 240_000);
