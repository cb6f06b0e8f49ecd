import type { Folder } from './imports.mts';

const idOf = (name: string) => name.replaceAll('/', '_');

/** "nodes/shared/charging" → "charging", inside the box "shared". */
const labelOf = (name: string) => name.replace(/^nodes\/(shared\/)?/, '');

const box = (name: string) => `${idOf(name)}["${labelOf(name)}"]`;

/**
 * Folders and their imports as a Mermaid flowchart.
 * @returns Markdown: a fenced block
 */
export function drawing(folders: readonly Folder[]): string {
	const sorted = [...folders].sort((a, b) => a.name.localeCompare(b.name));
	const isShared = ({ name }: Folder) => name.startsWith('nodes/shared/');
	const lines = [
		'flowchart TD',
		...sorted.filter((folder) => !isShared(folder)).map(({ name }) => `  ${box(name)}`),
		'  subgraph shared',
		...sorted.filter(isShared).map(({ name }) => `    ${box(name)}`),
		'  end',
		...sorted.flatMap(({ name, imports }) =>
			imports.map((imported) => `  ${idOf(name)} --> ${idOf(imported)}`),
		),
	];
	return ['```mermaid', ...lines, '```'].join('\n');
}

const BEGIN = '<!-- imports: written by npm run architecture -->';
const END = '<!-- /imports -->';

/** A page with the drawing between its two marks. @throws Error if the page has no marks */
export function withDrawing(page: string, block: string): string {
	const begin = page.indexOf(BEGIN);
	const end = page.indexOf(END);
	if (begin === -1 || end < begin) throw new Error(`The page has no "${BEGIN}" … "${END}".`);
	return `${page.slice(0, begin + BEGIN.length)}\n\n${block}\n\n${page.slice(end)}`;
}
