import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readContract } from '../../../../tools/contract/readContract.mts';

const folder = mkdtempSync(join(tmpdir(), 'contract-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | object): string {
	const path = join(folder, name);
	writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
	return path;
}

const withPaths = (paths: object, more: object = {}) => ({ openapi: '3.1.0', paths, ...more });

interface Messages {
	properties: Record<'parameters' | 'body' | 'answer', { allOf?: unknown[]; properties: object }>;
}

describe('an OpenAPI file', () => {
	it('is read from YAML of 3.0, with references, allOf and server variables', async () => {
		const contract = await readContract('test/fixtures/vendor-openapi.yaml');
		expect(contract.version).toBe('3.0.3');
		expect(contract.servers).toEqual(['https://operations.example.com/ops/v2']);
		expect(contract.operations).toHaveLength(20);
		const reboot = contract.operations.find((one) => one.operationId === 'rebootChargePoint');
		expect(reboot).toMatchObject({ method: 'POST', path: '/chargePoints/{chargePointId}/reboot' });
		const { body, answer, parameters } = (reboot?.messages as Messages).properties;
		expect(parameters.properties).toEqual({
			'path parameter 1': { type: 'string', minLength: 1 },
		});
		expect(body.allOf?.[0]).toMatchObject({ properties: { mode: { enum: ['hard', 'soft'] } } });
		expect(answer).toMatchObject({
			allOf: [
				{
					allOf: [
						{ properties: { statusInfo: { properties: { reasonCode: { maxLength: 20 } } } } },
						{ properties: { responseFromStation: { type: 'string' } } },
					],
				},
			],
			properties: {
				'(HTTP status)': { const: '200' },
				'(content type)': { const: 'application/json' },
			},
		});
	});

	it('is read from JSON of 3.1, with a reference to another file, and extensions left out', async () => {
		file('schemas.json', { Limit: { type: 'object', properties: { kw: { type: 'number' } } } });
		const body = { content: { 'application/json': { schema: { $ref: 'schemas.json#/Limit' } } } };
		const put = { requestBody: body, responses: { 'x-a': 1, '202': { description: 'later' } } };
		const { operations } = await readContract(
			file('split.json', withPaths({ 'x-paths': true, '/limit': { put } })),
		);
		expect(operations).toHaveLength(1);
		const { properties } = operations[0].messages as Messages;
		expect(properties.body.allOf).toEqual([
			{ type: 'object', properties: { kw: { type: 'number' } } },
		]);
		expect(properties.answer).toEqual({ properties: { '(HTTP status)': { const: '202' } } });
	});

	it('lets an operation’s parameter stand in for its path’s, and drops headers that OpenAPI ignores', async () => {
		const id = { name: 'id', in: 'path', required: true };
		const list = { name: 'ids', in: 'query', schema: { type: 'array', items: true } };
		const item = {
			parameters: [
				{ ...id, schema: { type: 'string' } },
				{ name: 'Authorization', in: 'header', schema: { type: 'string' } },
			],
			get: { parameters: [{ ...id, schema: { type: 'integer' } }, list] },
		};
		const { operations } = await readContract(file('item.json', withPaths({ '/a/{id}': item })));
		expect((operations[0].messages as Messages).properties.parameters).toEqual({
			type: 'object',
			properties: {
				'path parameter 1': { type: 'integer' },
				'ids (query)': {
					allOf: [{ type: 'array', items: true }],
					style: 'form',
					explode: 'true',
				},
			},
			required: ['path parameter 1'],
		});
	});

	it.each([
		['nothing.yaml', undefined, /^There is no file .*nothing\.yaml\.$/],
		['broken.yaml', 'openapi: [', /broken\.yaml cannot be read as OpenAPI: unexpected end/],
		['text.yaml', 'hello', /text\.yaml cannot be read as OpenAPI: Document must be JSON object/],
		['swagger.json', { swagger: '2.0', paths: {} }, /is not an OpenAPI file: it has no "openapi"/],
		[
			'later.json',
			{ openapi: '3.2.0', paths: {} },
			/is OpenAPI 3\.2\.0; only 3\.0 and 3\.1 can be read\.$/,
		],
		['empty.json', withPaths({}), /is not valid OpenAPI: it has no operations\.$/],
		['pathless.json', { openapi: '3.0.0' }, /is not valid OpenAPI: paths: Required\.$/],
		[
			'wrong.json',
			withPaths({ '/a': { get: { operationId: 5 } } }),
			/valid OpenAPI: paths \/a get operationId: Expected string/,
		],
		[
			'dangling.json',
			withPaths({ '/a': { get: { responses: { 200: { $ref: '#/components/responses/A' } } } } }),
			/Can't resolve \$ref \(#\/paths\/~1a\/get\/responses\/200\)$/,
		],
		[
			'web.json',
			withPaths({ '/a': { $ref: 'https://127.0.0.1:1/a.json' } }),
			/references to the web are not followed/,
		],
	])('%s is refused with a sentence', async (name, content, sentence) => {
		const path = content === undefined ? join(folder, name) : file(name, content);
		await expect(readContract(path)).rejects.toThrow(sentence);
	});
});
