import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from './support/errors.mts';

/** host/n8n/package.json and its lock: the versions of n8n and of the Node that it runs on. */
export interface HostManifest {
	/** The folder with package.json and package-lock.json. */
	folder: string;
	n8n: string;
	lock: string;
	/** npm's package with the Node binary of this platform. */
	node: { package: string; version: string };
}

interface PackageJson {
	dependencies: { n8n: string };
	optionalDependencies: Record<string, string>;
}

interface PackageLock {
	packages: Record<string, { os?: string; cpu?: string }>;
}

/**
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
	const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as PackageJson;
	const { packages } = JSON.parse(lock) as PackageLock;
	const found = Object.entries(manifest.optionalDependencies).find(([name]) => {
		const { os, cpu } = packages[`node_modules/${name}`] ?? {};
		return os === platform && cpu === arch;
	});
	const n8n = manifest.dependencies.n8n;
	if (found === undefined) {
		throw new OperatorError(
			`n8n ${n8n} needs Node 24, and npm has no package with it for ${platform} on ${arch}. Run this on Linux or macOS (x64, arm64) or on Windows (x64).`,
		);
	}
	return { folder, n8n, lock, node: { package: found[0], version: found[1] } };
}
