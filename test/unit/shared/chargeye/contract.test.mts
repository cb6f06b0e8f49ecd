import { readFileSync } from 'node:fs';
import spawn from 'nano-spawn';
import { parse } from 'yaml';

import { ENDPOINTS, type Endpoint } from '../../../../nodes/shared/chargeye/endpoints.ts';

interface Operation {
	operationId: string;
	'x-source': string;
	'x-vendor-operation-id'?: string;
	'x-vendor-operation-id-source'?: string;
	responses: {
		200: { $ref?: string; content?: Record<string, { schema: { required?: string[] } }> };
	};
}

const FILE = 'nodes/shared/chargeye/openapi.yaml';
const contract = parse(readFileSync(FILE, 'utf8')) as {
	openapi: string;
	paths: Record<string, Record<string, Operation>>;
};

const METHODS = ['get', 'put', 'post', 'delete'];
const operations = Object.entries(contract.paths).flatMap(([path, item]) =>
	Object.entries(item)
		.filter(([method]) => METHODS.includes(method))
		.map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
);

/** The kind of answer that the contract gives for status 200. */
function answerOf({ responses }: Operation): Endpoint['answer'] {
	const { $ref, content } = responses[200];
	const byReference: Record<string, Endpoint['answer']> = {
		'#/components/responses/Set': 'set',
		'#/components/responses/Clear': 'clear',
		'#/components/responses/FromStation': 'fromStation',
	};
	const required = content?.['application/json'].schema.required ?? [];
	if (required.includes('transactionStartResponse')) return 'start';
	if (required.includes('transactionStopResponse')) return 'stop';
	return byReference[$ref ?? ''] ?? 'read';
}

describe('the contract', () => {
	it('is OpenAPI 3.1 and has the thirteen commands, five reads and the renewal', () => {
		expect(contract.openapi).toBe('3.1.0');
		expect(operations.filter((operation) => answerOf(operation) !== 'read')).toHaveLength(13);
		expect(operations).toHaveLength(19);
	});

	it('gives the source of each operation’s path', () => {
		for (const operation of operations) {
			expect(['documented', 'inferred']).toContain(operation['x-source']);
		}
	});

	it('gives the vendor’s name of an operation if it is known', () => {
		const named = operations.filter((one) => one['x-vendor-operation-id'] !== undefined);
		expect(named.map((one) => [one.operationId, one['x-vendor-operation-id']])).toEqual([
			['listLocations', 'getLocations'],
			['listStationTransactions', 'getTransactions'],
			['listTransactions', 'getTransactions2'],
			['getTransaction', 'getTransaction'],
		]);
		const inferred = named.filter((one) => one['x-vendor-operation-id-source'] === 'inferred');
		expect(inferred.map(({ operationId }) => operationId)).toEqual(['listLocations']);
	});

	it('equals the table of endpoints in the package', () => {
		const fromContract = Object.fromEntries(
			operations.map((operation) => [
				operation.operationId,
				{
					method: operation.method,
					path: operation.path,
					source: operation['x-source'],
					answer: answerOf(operation),
				},
			]),
		);
		expect(ENDPOINTS).toEqual(fromContract);
	});

	it('agrees with the generated types', async () => {
		const check = spawn(process.execPath, [
			'node_modules/openapi-typescript/bin/cli.js',
			FILE,
			'--output',
			'nodes/shared/chargeye/types.ts',
			'--check',
		]);
		await expect(check).resolves.toBeDefined();
	});
});

it('the form for an endpoint that differs offers every endpoint', () => {
	const form = readFileSync('.github/ISSUE_TEMPLATE/endpoint.yml', 'utf8');
	const offered = [...form.matchAll(/^ {8}- (\w+)$/gm)].map(([, key]) => key);
	expect(offered.sort()).toEqual(Object.keys(ENDPOINTS).sort());
});

it('the docs list every endpoint with its method, path and source', () => {
	const rows = readFileSync('docs/endpoints.md', 'utf8')
		.split('\n')
		.map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
		.filter(([, key]) => key !== undefined && key in ENDPOINTS)
		.map(([, key, endpoint, source]) => [key, endpoint, source]);
	expect(rows).toEqual(
		Object.entries(ENDPOINTS).map(([key, { method, path, source }]) => [
			key,
			`${method} ${path}`,
			source,
		]),
	);
});
