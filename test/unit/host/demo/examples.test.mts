import { readdirSync } from 'node:fs';

import { withAddresses } from '../../../../host/demo/examples.mts';
import { guide } from '../../../../host/demo/guide.mts';
import type { Workflow } from '../../../../host/n8nClient.mts';

const ADDRESSES = new Map([
	['https://prices.example.com', 'http://127.0.0.1:1/prices'],
	['https://inbox.example.com', 'http://127.0.0.1:1/inbox'],
]);

const fileOf = (parameters: Record<string, unknown>, type = 'n8n-nodes-base.set') => ({
	name: 'Any',
	nodes: [{ id: '1', name: 'One', type, typeVersion: 1, position: [0, 0], parameters }],
	connections: {},
});
type File = Parameters<typeof withAddresses>[0];

describe('an example workflow, imported by npm start', () => {
	it('gets the local addresses wherever its nodes name the services: in JSON, fields and lists', () => {
		const file = fileOf({
			jsonOutput: '{\n "pricesUrl": "https://prices.example.com/day-ahead?area=FI"\n}',
			assignments: [{ value: 'https://inbox.example.com/receipts' }],
			url: 'https://api.example.com/other',
		}) as File;
		expect(withAddresses(file, ADDRESSES).nodes[0].parameters).toEqual({
			jsonOutput: '{\n "pricesUrl": "http://127.0.0.1:1/prices/day-ahead?area=FI"\n}',
			assignments: [{ value: 'http://127.0.0.1:1/inbox/receipts' }],
			url: 'https://api.example.com/other',
		});
	});
});

it('npm start says for every example where it is, what to click and what to see, in one line', () => {
	const files = readdirSync('workflows').map((name) => name.replace('.json', ''));
	const workflows = new Map(
		files.map((file) => [file, { name: `Example ${file}`, id: `id-${file}` } as Workflow]),
	);
	const lines = guide('http://127.0.0.1:1', workflows).split('\n');
	expect(lines).toHaveLength(2 * files.length);
	for (const file of files) {
		const at = lines.findIndex((line) => line.includes(`http://127.0.0.1:1/workflow/id-${file}`));
		expect(lines[at]).toContain(`Example ${file}`);
		expect(lines[at + 1]).toMatch(/Execute workflow|Open chat|published/);
	}
});
