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

describe('an OpenAPI file', () => {
	it('is read from YAML of 3.0, with references, allOf and server variables', async () => {
		const contract = await readContract('test/fixtures/vendor-openapi.yaml');
		expect(contract.version).toBe('3.0.3');
		expect(contract.servers).toEqual(['https://operations.example.com/ops/v2']);
		expect(contract.operations).toHaveLength(20);
		const reboot = contract.operations.find((one) => one.operationId === 'rebootChargePoint');
		expect(reboot).toMatchObject({ method: 'POST', path: '/chargePoints/{chargePointId}/reboot' });
		expect(reboot?.parameters.map(({ name, in: place }) => `${place} ${name}`)).toEqual([
			'path chargePointId',
		]);
		expect(reboot?.body.get('mode')).toBe('string: hard, soft; required');
		expect(Object.fromEntries(reboot?.answer ?? [])).toMatchObject({
			'(HTTP status)': '200',
			'(content type)': 'application/json',
			responseFromStation: 'string: Accepted, Rejected, Scheduled; required',
			'statusInfo.reasonCode': 'string; required; maxLength 20',
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
		expect(operations[0].body.get('kw')).toBe('number');
		expect(Object.fromEntries(operations[0].answer)).toEqual({ '(HTTP status)': '202' });
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
		expect(operations[0].parameters.map(({ name, fields }) => [name, ...fields])).toEqual([
			['id', ['(whole)', 'integer; required']],
			['ids', ['(whole)', 'array'], ['[]', 'any'], ['(style)', 'form; explode true']],
		]);
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
			withPaths({ '/a': { get: { summary: 5 } } }),
			/valid OpenAPI: paths \/a get summary: Expected string/,
		],
		[
			'schema.json',
			withPaths({
				'/a': { get: { parameters: [{ name: 'a', in: 'query', schema: { type: 5 } }] } },
			}),
			/is not valid OpenAPI: type: /,
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
	])('%s is refused in a sentence', async (name, content, sentence) => {
		const path = content === undefined ? join(folder, name) : file(name, content);
		await expect(readContract(path)).rejects.toThrow(sentence);
	});
});
