import { CredentialError, RenewalError } from '../../../../nodes/shared/chargeye/account.ts';
import { ApiFailure, readFailure } from '../../../../nodes/shared/chargeye/failure.ts';

const SENT = { method: 'PUT', url: 'https://kempower.io/api/x' } as const;
const wordsIn = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body ?? ''));

const read = (error: unknown) => readFailure(error, SENT, 60_000, wordsIn);

/** An error as n8n's request helper throws it; newer versions keep the cause. */
const wrapped = (fields: object, cause?: unknown) =>
	Object.assign(new Error('Something', { cause }), fields);

/** An error as Node or axios gives it. */
const network = (code: string, fields: object = {}) =>
	Object.assign(new Error(`request failed: ${code}`), { code, ...fields });

describe('what n8n throws', () => {
	it.each([
		['ECONNREFUSED', {}, { type: 'unreachable', code: 'ECONNREFUSED' }, true],
		['ENOTFOUND', {}, { type: 'unreachable', code: 'ENOTFOUND' }, true],
		['ETIMEDOUT', { syscall: 'connect' }, { type: 'unreachable', code: 'ETIMEDOUT' }, true],
		['ECONNABORTED', {}, { type: 'timeout', seconds: 60 }, false],
		['ECONNRESET', {}, { type: 'broken', code: 'ECONNRESET' }, false],
		['ERR_BAD_RESPONSE', {}, { type: 'broken', code: 'ERR_BAD_RESPONSE' }, false],
		['HPE_INVALID_CONSTANT', {}, { type: 'broken', code: 'HPE_INVALID_CONSTANT' }, false],
		[
			'DEPTH_ZERO_SELF_SIGNED_CERT',
			{},
			{ type: 'insecure', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
			true,
		],
		['CERT_HAS_EXPIRED', {}, { type: 'insecure', code: 'CERT_HAS_EXPIRED' }, true],
		[
			'ERR_TLS_CERT_ALTNAME_INVALID',
			{},
			{ type: 'insecure', code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
			true,
		],
		['EPROTO', {}, { type: 'insecure', code: 'EPROTO' }, true],
		[
			'ECONNRESET',
			{
				message: 'Client network socket disconnected before secure TLS connection was established',
			},
			{ type: 'insecure', code: 'ECONNRESET' },
			true,
		],
		['ERR_CANCELED', {}, { type: 'cancelled' }, false],
	])('is read: %s %j', (code, fields, failure, isNotCarriedOut) => {
		const cause = network(code, fields);
		const { message } = cause;
		// As in newer versions of n8n, and as in those before 2.36, which drop the cause.
		const errors = [wrapped({ httpCode: code }, cause), wrapped({ httpCode: code, message })];
		for (const error of errors.slice(0, 'syscall' in fields ? 1 : 2)) {
			const found = read(error);
			expect(found).toBeInstanceOf(ApiFailure);
			expect(found).toMatchObject({ failure, isNotCarriedOut });
		}
	});

	it.each([401, 403, 429, 500])('is read: the status %d', (status) => {
		const error = wrapped({ httpCode: String(status), context: { data: 'why' } });
		expect(read(error)).toMatchObject({ failure: { type: 'status', status, words: 'why' } });
	});

	it('is read: an error of the credential, even if n8n has dropped the cause', () => {
		const refused = new CredentialError('ChargEye refused the refresh token (401).');
		const { message, description } = refused;
		for (const error of [wrapped({}, refused), wrapped({ message, description })]) {
			expect(read(error)).toEqual(refused);
		}
	});

	it('is read: a renewal that failed for a temporary reason, even if n8n has dropped the cause', () => {
		const failed = new RenewalError('The access token could not be renewed: ChargEye answered 503');
		const { message, description } = failed;
		for (const error of [wrapped({}, failed), wrapped({ message, description })]) {
			expect(read(error)).toMatchObject({
				failure: { type: 'renewal', reason: message },
				isNotCarriedOut: true,
			});
		}
	});
});
