import { readFileSync } from 'node:fs';
import { readHostManifest } from '../../../host/hostManifest.mts';

describe('the pinned n8n host', () => {
	it.each([
		['linux', 'x64'],
		['linux', 'arm64'],
		['darwin', 'x64'],
		['darwin', 'arm64'],
		['win32', 'x64'],
	])('brings its own Node 24 on %s %s', async (platform, arch) => {
		const { n8n, node } = await readHostManifest(process.cwd(), platform, arch);
		expect(n8n).toBe('2.41.1');
		expect(node.version).toMatch(/^24\./);
	});

	it('names the supported platforms if it has no Node for this one', async () => {
		await expect(readHostManifest(process.cwd(), 'freebsd', 'x64')).rejects.toThrow(
			/no package with it for freebsd on x64\. Run this on Linux or macOS/,
		);
	});

	it('has a lock with a hash for every package and without any registry', async () => {
		const { lock } = await readHostManifest(process.cwd());
		const { packages } = JSON.parse(lock) as {
			packages: Record<string, { integrity?: string; resolved?: string }>;
		};
		const entries = Object.entries(packages).filter(([folder]) => folder !== '');
		expect(entries.length).toBeGreaterThan(2000);
		expect(entries.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
		expect(entries.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
	});

	it('runs the n8n whose engine the engine tests use', async () => {
		const { n8n } = await readHostManifest(process.cwd());
		const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
			devDependencies: Record<string, string>;
		};
		expect(devDependencies['n8n-core']).toBe(n8n);
	});
});
