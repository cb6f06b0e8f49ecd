import { cacheRoot, hostFolderName } from '../../../host/cacheFolder.mts';

describe('the cache folder of the n8n host', () => {
	it.each([
		['linux', {}, '/home/me/.cache/n8n-nodes-charger-operations'],
		['linux', { XDG_CACHE_HOME: '/caches' }, '/caches/n8n-nodes-charger-operations'],
		['darwin', {}, '/home/me/Library/Caches/n8n-nodes-charger-operations'],
		['win32', { LOCALAPPDATA: '/local' }, '/local/n8n-nodes-charger-operations'],
	] as const)('is the user’s cache on %s with %j', (platform, env, expected) => {
		expect(cacheRoot(env, platform, '/home/me').replaceAll('\\', '/')).toBe(expected);
	});

	it.each(['linux', 'darwin', 'win32'] as const)(
		'is what N8N_HOST_CACHE names, on %s',
		(platform) => {
			const env = {
				N8N_HOST_CACHE: '/big/disk',
				XDG_CACHE_HOME: '/caches',
				LOCALAPPDATA: '/local',
			};
			expect(cacheRoot(env, platform, '/home/me')).toBe('/big/disk');
		},
	);

	const versions = { n8n: '2.41.1', node: '24.21.0', platform: 'linux', arch: 'x64', lock: 'A' };

	it('has a name that says what is in it, the same for the same content', () => {
		expect(hostFolderName(versions)).toMatch(/^n8n-2\.41\.1-node-24\.21\.0-linux-x64-[0-9a-f]{8}$/);
		expect(hostFolderName({ ...versions })).toBe(hostFolderName(versions));
	});

	it.each([
		{ n8n: '2.41.2' },
		{ node: '24.22.0' },
		{ platform: 'darwin' },
		{ arch: 'arm64' },
		{ lock: 'B' },
	])('is another one with %j', (change) => {
		expect(hostFolderName({ ...versions, ...change })).not.toBe(hostFolderName(versions));
	});
});
