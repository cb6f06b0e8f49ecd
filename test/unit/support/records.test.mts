import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Tokens } from '../../../sandbox/rest/tokens.mts';
import {
	readRecords,
	record,
	recordOutput,
	RECORDS,
	searchForTokens,
} from '../../support/records.mts';

const used = { kind: 'token', place: 'a test', text: 'a.token+of/the=test' } as const;
const output = (text: string) => ({ kind: 'output', place: 'a test', text }) as const;
const log = (text: string) => ({ kind: 'log', place: 'n8n', text }) as const;

describe('the search for tokens', () => {
	it('counts what it searched', () => {
		expect(searchForTokens([used, output('{}'), log('ready'), log('ended')])).toEqual({
			outputs: 1,
			logs: 2,
			found: [],
		});
	});

	it('finds a token that was used, in outputs and in logs, without repeating it', () => {
		const { found } = searchForTokens([
			output('{"message":"Bearer a.token+of/the=test"}'),
			log('GET /stations a.token+of/the=test'),
			used,
		]);
		expect(found).toEqual([
			'a test (output): …{"message":"Bearer <token>',
			'n8n (log): …GET /stations <token>',
		]);
	});

	it('finds a token of a sandbox that no test has seen', () => {
		const { token } = new Tokens().issue('access');
		expect(searchForTokens([output(`{"sessionToken":"${token}"}`)]).found).toHaveLength(1);
	});

	it('does not mistake other texts for tokens', () => {
		expect(searchForTokens([used, output('axtoken+of/the=test'), log('eyJ.a.b')]).found).toEqual(
			[],
		);
	});
});

describe('a record', () => {
	let folder: string;
	const before = process.env[RECORDS];

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'records-'));
	});
	afterEach(async () => {
		if (before === undefined) delete process.env[RECORDS];
		else process.env[RECORDS] = before;
		await rm(folder, { recursive: true });
	});

	it('of a long output contains the token in it, wherever it is', async () => {
		process.env[RECORDS] = folder;
		const filler = 'x'.repeat(1_000_000);
		recordOutput('a long test', `${filler} a.token+of/the=test ${filler}`, [used.text]);
		recordOutput('another one', filler, [used.text]);
		const records = await readRecords(folder);
		expect(searchForTokens(records).found).toEqual([
			expect.stringMatching(/^a long test \(output\): …x+ <token>$/),
		]);
		expect(records.every(({ text }) => text.length <= 100_000)).toBe(true);
	});

	it('is read unchanged', async () => {
		process.env[RECORDS] = folder;
		record('output', 'a test', 'first line\nsecond line');
		record('token', 'a test', 'token');
		expect(await readRecords(folder)).toEqual([
			{ kind: 'output', place: 'a test', text: 'first line\nsecond line' },
			{ kind: 'token', place: 'a test', text: 'token' },
		]);
	});

	it('is kept only if the run asks for it', async () => {
		delete process.env[RECORDS];
		record('output', 'a test', 'text');
		expect(await readRecords(folder)).toEqual([]);
	});
});
