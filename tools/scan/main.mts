// npm run scan: what n8n's scanner checks of a published community package, on this source and on the packed tarball.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

import { buildPackage, unpackPackage } from '../../host/package.mts';
import { runCommand } from '../../host/support/command.mts';
import { scan, TARBALL_FILE_PATTERNS, type Scan } from './findings.mts';

const HELP = `npm run scan [-- --no-build] [-- --package folder]

Builds and packs the package, and applies the rules of n8n's scanner for community packages to the source and to
the unpacked tarball, or only to an unpacked package that you name. The exit code is 1 if there is a finding, be it a warning.
What the scanner also checks needs a published package: its provenance, and that its source is public.`;

runCommand(async (signal) => {
	const options = parseArgs({
		options: {
			'no-build': { type: 'boolean' },
			package: { type: 'string' },
			help: { type: 'boolean', short: 'h' },
		},
	}).values;
	if (options.help) {
		console.log(HELP);
		return 0;
	}
	if (options.package !== undefined) {
		return show('Package', await scan(resolve(options.package), TARBALL_FILE_PATTERNS)) ? 0 : 1;
	}
	if (!options['no-build']) await buildPackage(process.cwd(), signal);
	const folder = await mkdtemp(join(tmpdir(), 'charger-operations-scan-'));
	try {
		await unpackPackage(folder, process.cwd(), signal);
		const source = show('Source', await scan(process.cwd(), SOURCE_FILE_PATTERNS));
		const tarball = show('Tarball', await scan(folder, TARBALL_FILE_PATTERNS));
		return source && tarball ? 0 : 1;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
});

/** Prints the findings. @returns whether there are none */
function show(name: string, { files, findings }: Scan): boolean {
	console.log(`${name}: ${files} files, ${findings.length} findings`);
	for (const finding of findings) console.log(`  ${finding}`);
	return findings.length === 0;
}
