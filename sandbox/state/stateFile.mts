import { readFile, rename, writeFile } from 'node:fs/promises';
import { StateError, type SandboxState } from './state.mts';

/**
 * What is in a file of a state, parsed from JSON; undefined if there is no such file.
 * @throws StateError if it is not JSON
 */
export async function readStateFile(path: string): Promise<unknown> {
	try {
		return JSON.parse(await readFile(path, 'utf8')) as unknown;
	} catch (error) {
		if (error instanceof SyntaxError) throw new StateError(`${path} is not JSON: ${error.message}`);
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	}
}

/** Writes a state to a file, which is never there by half. */
export async function writeStateFile(path: string, state: SandboxState): Promise<void> {
	const unfinished = `${path}.new`;
	await writeFile(unfinished, JSON.stringify(state));
	await rename(unfinished, path);
}
