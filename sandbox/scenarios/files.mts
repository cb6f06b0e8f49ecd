import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { HttpError } from '../http/httpError.mts';

const FOLDER = new URL('./', import.meta.url);
const EXTENSION = '.yaml';

/** A YAML file, and where things are in it. */
export interface ScenarioFile {
	name: string;
	content: unknown;
	/** Such as `evening-peak.yaml, line 12`. @param path such as steps, 3, at */
	placeOf: (path: readonly string[]) => string;
}

/** The names of the scenarios that come with the sandbox. */
export async function scenarioNames(): Promise<string[]> {
	const files = await readdir(FOLDER);
	return files
		.filter((file) => file.endsWith(EXTENSION))
		.map((file) => basename(file, EXTENSION))
		.sort();
}

/** Reads a scenario by its name. @throws HttpError 404 if there is none, 400 if it is not YAML */
export async function readScenario(name: string): Promise<ScenarioFile> {
	const names = await scenarioNames();
	if (!names.includes(name)) {
		throw new HttpError(404, `There is no scenario ${name}, only ${names.join(', ')}.`);
	}
	return readScenarioFile(fileURLToPath(new URL(`${name}${EXTENSION}`, FOLDER)));
}

/** Reads a scenario from any file. @throws HttpError 404 if it cannot be read, 400 if it is not YAML */
export async function readScenarioFile(file: string): Promise<ScenarioFile> {
	const text = await readFile(file, 'utf8').catch((error: Error) => {
		throw new HttpError(404, `The scenario ${file} cannot be read: ${error.message}.`);
	});
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines });
	const [error] = document.errors;
	if (error) throw new HttpError(400, `${basename(file)}: ${error.message}`);
	return {
		name: basename(file, EXTENSION),
		content: document.toJS() as unknown,
		placeOf: (path) => {
			// A place that is not there is missing in the one that contains it.
			let node: unknown;
			for (let length = path.length; !isNode(node) && length >= 0; length--) {
				node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
			}
			const offset = (isNode(node) && node.range?.[0]) || 0;
			return `${basename(file)}, line ${lines.linePos(offset).line}`;
		},
	};
}
