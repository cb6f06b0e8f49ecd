import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';

import { RULES } from './rules.mts';

/** An import that a rule forbids. */
export interface Breach {
	rule: string;
	from: string;
	to: string;
}

/** A folder, and the folders that it imports from. */
export interface Folder {
	name: string;
	imports: string[];
}

/** The folders that are one box of the drawing: a node, a part of shared, or the credential. */
const BOXES = '^(nodes/shared/charging/[^/.]+|nodes/shared/[^/]+|nodes/[^/]+|credentials)/';

const PACKAGE = ['nodes', 'credentials'];

async function cruised(
	root: string,
	folders: string[],
	tsConfig: string,
	collapse?: string,
): Promise<ICruiseResult> {
	const { output } = await cruise(
		folders,
		{
			baseDir: root,
			ruleSet: RULES,
			validate: true,
			doNotFollow: { path: 'node_modules' },
			tsPreCompilationDeps: true,
			...(collapse !== undefined && { collapse, exclude: { path: 'node_modules' } }),
		},
		undefined,
		{ tsConfig: extractTsConfig(tsConfig) },
	);
	return output as ICruiseResult;
}

/** Every import of the project that a rule forbids. */
export async function breaches(root: string): Promise<Breach[]> {
	const { summary } = await cruised(root, [...PACKAGE, 'sandbox'], 'tsconfig.tools.json');
	return summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

/** The folders of the package, and what each imports from the others. */
export async function foldersOf(root: string): Promise<Folder[]> {
	const { modules } = await cruised(root, PACKAGE, 'tsconfig.json', BOXES);
	const nameOf = (path: string) => path.replace(/\/$/, '');
	return modules.map(({ source, dependencies }) => ({
		name: nameOf(source),
		imports: dependencies.map(({ resolved }) => nameOf(resolved)).sort(),
	}));
}
