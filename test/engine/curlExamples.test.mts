// The sandbox's README by curl alone: every command, and what it says of the answer.
import { readFileSync } from 'node:fs';
import axios from 'axios';
import { useSite } from '../support/site.mts';

const site = useSite();

interface Example {
	command: string;
	/** Texts that the answer contains. */
	answer: string[];
}

const README = readFileSync('sandbox/README.md', 'utf8');
const [, section] = /## Five minutes with curl\n([^]*?)\n## /.exec(README)!;

/** Each line that begins with curl, with the comment below it. */
const examples: Example[] = [...section.matchAll(/^(curl .*)\n(?:# (.*))?/gm)].map(
	([, command, answer = '']) => ({ command, answer: answer.split(' … ').filter(Boolean) }),
);

/** The words of a command line as a shell reads them, with its variables. */
function wordsOf(command: string, variables: Record<string, string>): string[] {
	return [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, quoted, text, word]) =>
		(quoted ?? text ?? word).replace(/\$([A-Z]+)/g, (_, name: string) => variables[name]),
	);
}

/** Does what curl would do. @param files what -o has written, for -d @ */
async function curl([, ...words]: string[], files: Map<string, string>): Promise<string> {
	const request = { url: '', method: 'GET', headers: {} as Record<string, string>, data: '' };
	let output: string | undefined;
	for (let word = words.shift(); word !== undefined; word = words.shift()) {
		if (word === '-X') request.method = words.shift()!;
		else if (word === '-d') request.data = words.shift()!;
		else if (word === '-o') output = words.shift();
		else if (word === '-H') {
			const [name, value] = words.shift()!.split(': ');
			request.headers[name] = value;
		} else if (/^-/.test(word)) throw new Error(`This curl does not know ${word}.`);
		else request.url = word;
	}
	if (request.data.startsWith('@')) request.data = files.get(request.data.slice(1))!;
	const { data } = await axios.request<string>({
		...request,
		data: request.data || undefined,
		responseType: 'text',
		transformResponse: (text: string) => text,
		proxy: false,
		validateStatus: null,
	});
	if (output !== undefined) files.set(output, data);
	return data;
}

it('works as its README says', async () => {
	expect(examples.length).toBeGreaterThan(12);
	await site.reset({ cars: true });
	const files = new Map<string, string>();
	const variables = {
		REST: site.rest,
		CONTROL: site.control,
		AUTH: `Authorization: Bearer ${site.accessToken}`,
		JSON: 'Content-Type: application/json',
	};
	for (const { command, answer } of examples) {
		const found = await curl(wordsOf(command, variables), files);
		for (const text of answer)
			expect({ command, found }).toMatchObject({ found: expect.stringContaining(text) as string });
		expect({ command, found }).not.toMatchObject({
			found: expect.stringContaining('"message":') as string,
		});
	}
});
