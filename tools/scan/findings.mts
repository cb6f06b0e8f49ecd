import { relative } from 'node:path';
import { buildScanConfig } from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';

/** What the scanner looks at in the unpacked tarball. Its declarations and schemas are not rules' subjects. */
export const TARBALL_FILE_PATTERNS = ['**/*.js', 'package.json'];

export interface Scan {
	files: number;
	/** One line a finding, errors and warnings: `file:line  rule  message`. */
	findings: string[];
}

/**
 * Applies the rules of n8n's scanner for community packages, with comments that would switch a rule off ignored.
 * The scanner itself can only be given a package that npm has; this is what it does with it.
 *
 * @param folder the source, or the unpacked tarball
 * @param patterns the files to look at, relative to the folder
 * @throws Error if no file matches
 */
export async function scan(folder: string, patterns: string[]): Promise<Scan> {
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
		errorOnUnmatchedPattern: true,
	});
	const results = await eslint.lintFiles(patterns);
	return {
		files: results.length,
		findings: results.flatMap(({ filePath, messages }) =>
			messages.map(
				({ line, ruleId, message }) =>
					`${relative(folder, filePath)}:${line}  ${ruleId ?? 'unreadable'}  ${message}`,
			),
		),
	};
}
