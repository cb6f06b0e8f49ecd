import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

import { runProcess } from '../../../../host/support/processes.mts';
import { readEndpoints } from '../../../../nodes/shared/chargeye/account.ts';

const OURS = 'nodes/shared/chargeye/openapi.yaml';
const folder = mkdtempSync(join(tmpdir(), 'contract-'));
afterAll(() => rmSync(folder, { recursive: true }));

const contract = (...args: string[]) =>
	runProcess(process.execPath, ['--import', 'tsx', 'tools/contract/main.mts', ...args]);

/** Our contract as JSON, with a text of it replaced. */
function edited(name: string, from: string, to: string): string {
	const json = JSON.stringify(parse(readFileSync(OURS, 'utf8')));
	expect(json).toContain(from);
	const path = join(folder, name);
	writeFileSync(path, json.replace(from, to));
	return path;
}

describe('npm run contract', () => {
	it('finds no difference between our contract and itself', async () => {
		const { code, output } = await contract(OURS);
		expect(output).toContain('19 of our 19 operations were found in the vendor’s file');
		expect(output).toContain('No Endpoint Overrides are needed.');
		expect(output).toMatch(/Nothing differs\.\s*$/);
		expect(code).toBe(0);
	});

	it('shows what a vendor’s file has otherwise, and overrides that the credential takes', async () => {
		const { code, output } = await contract('test/fixtures/vendor-openapi.yaml');
		expect(code).toBe(1);
		const row = (...cells: string[]) => expect(rows(output)).toContainEqual(cells);
		expect(output).toContain(
			'18 of our 19 operations were found in the vendor’s file (OpenAPI 3.0.3, 20 operations).',
		);
		row('getTransaction', 'GET /sessions/{id}', 'similar summary (100 %): Get session');
		row(
			'setConnectorChargingProfile',
			'PUT /chargePoints/{chargePointId}/outlets/{no}/profiles',
			'similar body, answer and path (73 %)',
		);
		row('changeConnectorAvailability', 'method', 'PUT', 'POST');
		row('getTransaction', 'path', '/transactions/{txId}', '/sessions/{txId}');
		row('listStations', 'parameters …', 'stationIds (query)', 'ids (query)');
		row('restartStation', 'body …', 'type (required)', 'mode (required), reason (required)');
		row(
			'listStations',
			'answer stations[].connectors[].connectorId',
			'number | string; required',
			'integer; required',
		);
		expect(output).toContain(
			'The vendor’s file has nothing like setConnectorPowerLimit (PUT /chargingStations/{stationId}/evse/{evseId}/powerLimit).',
		);
		expect(output).toContain(
			'The vendor’s paths are below https://operations.example.com/ops/v2: make that the credential’s Base URL.',
		);

		const pasted = output.slice(output.indexOf('\n{'), output.indexOf('\n}') + 2);
		const endpoints = readEndpoints(pasted);
		expect(endpoints.changeConnectorAvailability).toMatchObject({
			method: 'POST',
			path: '/chargePoints/{stationId}/outlets/{evseId}/operationalStatus',
		});
		expect(endpoints.stopTransaction).toMatchObject({
			method: 'POST',
			path: '/sessions/{txId}/end',
		});
		expect(endpoints.setConnectorPowerLimit).toEqual(readEndpoints('').setConnectorPowerLimit);
		expect(Object.keys(JSON.parse(pasted) as object)).toHaveLength(18);
	});

	it.each([
		[
			'a path',
			'/chargingStations/{stationId}/restart',
			'/chargingStations/{stationId}/reset',
			/"restartStation": "POST \/chargingStations\/\{stationId\}\/reset"/,
		],
		[
			'a value that is listed',
			'"OnIdle"',
			'"Idle"',
			/body type +│ string: Immediate, OnIdle; required +│ string: Idle, Immediate; required/,
		],
		[
			'a limit of a value',
			'"maxItems":1024',
			'"maxItems":24',
			/array; required; maxItems 1024; +│ array; required; maxItems 24;/,
		],
		[
			'the server',
			'https://kempower.io/api',
			'https://eu.kempower.io/api',
			/make that the credential’s Base URL/,
		],
	])('exits with 1 if only %s differs', async (name, from, to, expected) => {
		const { code, output } = await contract(edited(`${name}.json`, from, to));
		expect(output).toMatch(expected);
		expect(code).toBe(1);
	});

	it('prints nothing that steers the terminal', async () => {
		const { output } = await contract(edited('escape.json', 'OnIdle', '\\u001b[2J\\u202e'));
		expect(output).toContain('?[2J?');
		expect(['\u001b', '\u202e'].filter((one) => output.includes(one))).toEqual([]);
	});

	it.each([
		['a file that is not there', ['no-such.yaml'], /^There is no file .*no-such\.yaml\.$/],
		[
			'a file of something else',
			['package.json'],
			/^\S*package\.json cannot be read as OpenAPI: Unsupported specification$/,
		],
		['no file', [], /^Name one OpenAPI file\.\n\nnpm run contract/],
		['an unknown option', ['--fast', OURS], /^Unknown option '--fast'[^]*npm run contract/],
	])('exits with 2 for %s, in a sentence', async (_, args, sentence) => {
		const { code, output } = await contract(...args);
		expect(output).toMatch(sentence);
		expect(code).toBe(2);
	});

	it('explains itself', async () => {
		const { code, output } = await contract('--help');
		expect(output).toContain('npm run contract -- <openapi.json|yaml>');
		expect(code).toBe(0);
	});
});

/** The cells of every row of every table, lines of one cell put together. */
function rows(output: string): string[][] {
	const lines = output.split('\n').map((line) =>
		line
			.split('│')
			.slice(1, -1)
			.map((cell) => cell.trim()),
	);
	const found: string[][] = [];
	for (const [index, cells] of lines.entries()) {
		const isNew = lines[index - 1]?.length !== cells.length;
		if (isNew) found.push(cells);
		else found.push((found.pop() ?? []).map((cell, column) => `${cell} ${cells[column]}`.trim()));
	}
	return found;
}
