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

/** Our contract as JSON, with one of its texts replaced. */
function edited(name: string, from: string, to: string): string {
	const json = JSON.stringify(parse(readFileSync(OURS, 'utf8')));
	expect(json).toContain(from);
	const path = join(folder, name);
	writeFileSync(path, json.replace(from, to));
	return path;
}

/** Decisions of a user about the example, by our keys. */
const SAME = {
	listLocations: 'getSites',
	listStations: 'getChargePoints',
	listStationTransactions: 'getChargePointSessions',
	listTransactions: 'getSessions',
	getTransaction: 'getSession',
	setStationChargingProfile: 'putChargePointProfile',
	clearStationChargingProfile: 'deleteChargePointProfiles',
	restartStation: 'rebootChargePoint',
	setStationPowerLimit: 'putChargePointLimits',
	clearStationPowerLimit: 'deleteChargePointLimits',
	setConnectorChargingProfile: 'PUT /chargePoints/{chargePointId}/outlets/{no}/profiles',
	changeConnectorAvailability: 'postOutletStatus',
	clearConnectorPowerLimit: 'deleteOutletLimits',
	startTransaction: 'postOutletSession',
	stopTransaction: 'endSession',
	setTransactionPowerLimit: 'putSessionLimits',
	clearTransactionPowerLimit: 'deleteSessionLimits',
};

describe('npm run contract', () => {
	it('finds no difference between our contract and itself', async () => {
		const { code, output } = await contract(OURS);
		expect(output).toContain('19 of our 19 operations were found in the vendor’s file');
		expect(output).toContain('No Endpoint Overrides are needed.');
		expect(output).toMatch(/Nothing differs\.\s*$/);
		expect(code).toBe(0);
	});

	it('lists the operations that it does not find, and says how to match them', async () => {
		const { code, output } = await contract('test/fixtures/vendor-openapi.yaml');
		expect(code).toBe(1);
		expect(output).toContain(
			'1 of our 19 operations were found in the vendor’s file (OpenAPI 3.0.3, 20 operations):\n' +
				'  refreshAccessToken (GET /auth/refreshAccessToken) = refreshAccessToken (GET /oauth/refreshAccessToken): same operationId\n\n',
		);
		expect(output).toMatch(/^Not found:\n {2}listLocations \(GET \/locations\)\n( {2}.*\n){17}\n/m);
		expect(output).toMatch(
			/^Only in the vendor’s file:\n {2}getSites \(GET \/sites\)\n( {2}.*\n){18}\n/m,
		);
		expect(output).toContain(
			'If two of these are the same operation: --match <our key>=<its operationId, or "PUT /its/path">',
		);
	});

	it('shows what differs in a vendor’s file, and overrides that the credential accepts', async () => {
		const { code, output } = await contract(
			'test/fixtures/vendor-openapi.yaml',
			...Object.entries(SAME).flatMap((entry) => ['--match', entry.join('=')]),
		);
		expect(code).toBe(1);
		expect(output).toContain(
			'18 of our 19 operations were found in the vendor’s file (OpenAPI 3.0.3, 20 operations):',
		);
		const found = (text: string) => expect(output).toContain(`\n  ${text}\n`);
		found(
			'getTransaction (GET /transactions/{txId}) = getSession (GET /sessions/{id}): as you say',
		);
		found(
			'setConnectorChargingProfile (PUT /chargingStations/{stationId}/evse/{evseId}/chargingProfile) = ' +
				'(without operationId) (PUT /chargePoints/{chargePointId}/outlets/{no}/profiles): as you say',
		);
		const differs = (where: string, ours: string, vendors: string) =>
			found(`${where}\n    ours      ${ours}\n    vendor’s  ${vendors}`);
		differs('listStations: parameters.…', 'stationIds (query)', 'ids (query)');
		differs('restartStation: body.…', 'type', 'mode, reason');
		differs('restartStation: body', 'object; requires type', 'object; requires mode, reason');
		differs(
			'setConnectorChargingProfile, changeConnectorAvailability, clearConnectorPowerLimit, startTransaction: parameters.path parameter 2',
			'string; minLength 1',
			'integer; minimum 1',
		);
		differs(
			'listStations: answer.stations[].connectors[].connectorId',
			'number | string',
			'integer',
		);
		found(
			'setConnectorPowerLimit (PUT /chargingStations/{stationId}/evse/{evseId}/powerLimit)\n\nOnly in the vendor’s file:',
		);
		expect(output).toContain(
			'The vendor’s paths are below https://operations.example.com/ops/v2: enter that as the credential’s Base URL.',
		);
		expect(output).toContain(
			'Check that the vendor’s {no} is our {evseId}: only its position says so.',
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
			/restartStation: body\.type\n +ours +string; Immediate, OnIdle\n +vendor’s +string; Idle, Immediate\n/,
		],
		[
			'a limit of a value',
			'"maxItems":1024',
			'"maxItems":24',
			/ours +array; maxItems 1024; minItems 1\n +vendor’s +array; maxItems 24; minItems 1\n/,
		],
		[
			'the server',
			'https://kempower.io/api',
			'https://eu.kempower.io/api',
			/enter that as the credential’s Base URL/,
		],
	])('exits with 1 if only %s differs', async (name, from, to, expected) => {
		const { code, output } = await contract(edited(`${name}.json`, from, to));
		expect(output).toMatch(expected);
		expect(code).toBe(1);
	});

	it('prints no characters that control the terminal', async () => {
		const { output } = await contract(edited('escape.json', 'OnIdle', '\\u001b[2J\\u202e'));
		expect(output).toContain('?[2J?');
		expect(['\u001b', '\u202e'].filter((one) => output.includes(one))).toEqual([]);
	});

	it.each([
		['a missing file', ['no-such.yaml'], /^There is no file .*no-such\.yaml\.$/],
		[
			'a file that is not OpenAPI',
			['package.json'],
			/^\S*package\.json cannot be read as OpenAPI: Unsupported specification$/,
		],
		['no file', [], /^Name one OpenAPI file\.\n\nnpm run contract/],
		['an unknown option', ['--fast', OURS], /^Unknown option '--fast'[^]*npm run contract/],
		[
			'a match that does not exist',
			['--match', 'restartStation=reboot', OURS],
			/^--match restartStation=reboot: write one of our keys, and the operationId or "PUT \/path"/,
		],
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
