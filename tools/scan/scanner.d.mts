/** The part of n8n's scanner for community packages that needs no published package. */
declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	import type { Linter } from 'eslint';

	/** The rules of the scanner. */
	export function buildScanConfig(): Promise<Linter.Config[]>;
	/** The files of the source that it looks at; of the published package it looks at every `.js` and package.json. */
	export const SOURCE_FILE_PATTERNS: string[];
}
