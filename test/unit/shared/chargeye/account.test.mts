import {
	readAccount,
	readBaseUrl,
	readEndpoints,
	tokenOf,
} from '../../../../nodes/shared/chargeye/account.ts';
import { ENDPOINTS, fillPath } from '../../../../nodes/shared/chargeye/endpoints.ts';

describe('Base URL', () => {
	it.each([
		['https://kempower.io/api', 'https://kempower.io/api'],
		['https://kempower.io/api/', 'https://kempower.io/api'],
		['  https://example.com  ', 'https://example.com'],
		['http://127.0.0.1:4010/api', 'http://127.0.0.1:4010/api'],
		['http://localhost:4010/api//', 'http://localhost:4010/api'],
		['http://[::1]:4010/api', 'http://[::1]:4010/api'],
	])('accepts %s', (given, read) => {
		expect(readBaseUrl(given)).toBe(read);
	});

	it.each([
		['http://kempower.io/api', /plain http/],
		['http://127.0.0.1.example.com/api', /plain http/],
		['http://localhost.example.com/api', /plain http/],
		['ftp://kempower.io/api', /must begin with https/],
		['kempower.io/api', /is not a URL/],
		['', /is empty/],
		[undefined, /is empty/],
		['https://user:secret@kempower.io/api', /not contain a user name, password/],
		['https://kempower.io/api?x=1', /query/],
	])('refuses %s', (given, message) => {
		expect(() => readBaseUrl(given)).toThrow(message);
	});

	it('does not quote a password in an error', () => {
		const refuse = () => readBaseUrl('https://user:secret@kempower.io/api');
		expect(refuse).toThrow('not contain a user name, password');
		expect(refuse).not.toThrow('secret');
	});

	it.each(['https://user:secret@kempo wer.io', 'https//user:secret@x', 'user:secret@kempower.io'])(
		'does not quote %s in an error',
		(given) => {
			expect(() => readBaseUrl(given)).toThrow(/^Base URL (is not a URL|must begin with https)/);
			expect(() => readBaseUrl(given)).not.toThrow(/secret|user/);
		},
	);
});

describe('Endpoint Overrides', () => {
	it.each([undefined, null, '', '  ', '{}', {}])('%j changes no endpoint', (given) => {
		expect(readEndpoints(given)).toEqual(ENDPOINTS);
	});

	it('replaces method and path of the named operation only', () => {
		const endpoints = readEndpoints('{"restartStation": "PUT /v2/stations/{stationId}/reset"}');
		expect(endpoints.restartStation).toEqual({
			...ENDPOINTS.restartStation,
			method: 'PUT',
			path: '/v2/stations/{stationId}/reset',
		});
		expect({ ...endpoints, restartStation: ENDPOINTS.restartStation }).toEqual(ENDPOINTS);
	});

	it.each(['patch  /v2/stations/{stationId}/reset', ' PATCH\t/v2/stations/{stationId}/reset '])(
		'takes %j',
		(override) => {
			expect(readEndpoints({ restartStation: override }).restartStation).toMatchObject({
				method: 'PATCH',
				path: '/v2/stations/{stationId}/reset',
			});
		},
	);

	it('accepts another method for a look-up', () => {
		expect(readEndpoints({ listStations: 'post /stations/search' }).listStations).toMatchObject({
			method: 'POST',
		});
	});

	it.each([
		['not json', /must be a JSON object/],
		['[]', /must be a JSON object/],
		['"text"', /must be a JSON object/],
		['{"restart": "POST /x/{stationId}"}', /"restart" is not an operation/],
		['{"toString": "POST /x/{stationId}"}', /"toString" is not an operation/],
		['{"restartStation": "FETCH /x/{stationId}"}', /"restartStation" has the method "FETCH"/],
		['{"restartStation": "/x/{stationId}"}', /"restartStation" must be a method and a path/],
		['{"restartStation": "POST x/{stationId}"}', /"restartStation" must be a method and a path/],
		['{"restartStation": 1}', /"restartStation" must be a method and a path/],
		['{"restartStation": "POST /x"}', /"restartStation" lacks \{stationId\}/],
		['{"setConnectorPowerLimit": "PUT /x/{stationId}"}', /lacks \{evseId\}/],
		['{"restartStation": "POST /x/{stationId}/{other}"}', /has \{other\}, which/],
		['{"restartStation": "POST /x/{stationId}?a=b"}', /plain path/],
		['{"restartStation": "POST /../{stationId}"}', /plain path/],
		['{"restartStation": "POST /%2e%2E/{stationId}"}', /plain path/],
		['{"restartStation": "POST /x/.%2e/{stationId}"}', /plain path/],
		['{"restartStation": "POST /x/{{stationId}}"}', /single braces/],
		['{"restartStation": "POST /x/{stationId}}"}', /single braces/],
		['{"restartStation": "POST /{x/{stationId}"}', /single braces/],
		['{"restartStation": "get /x/{stationId}"}', /method GET, which only reads/],
		['{"stopTransaction": "GET /x/{txId}"}', /method GET, which only reads/],
	])('%s is refused with a message that says why', (given, message) => {
		expect(() => readEndpoints(given)).toThrow(message);
	});
});

describe('a token', () => {
	it.each([
		['abc.def', 'abc.def'],
		[' abc\n', 'abc'],
		['Bearer abc', 'abc'],
		[' bearer \t abc ', 'abc'],
		['bearerless', 'bearerless'],
		['Bearer', ''],
		['Bearer  ', ''],
		['  ', ''],
		[undefined, ''],
		[7, ''],
	])('%j is sent as %j', (given, sent) => {
		expect(tokenOf(given)).toBe(sent);
	});
});

it('reads Base URL and endpoints from a credential', () => {
	expect(readAccount({ baseUrl: 'https://kempower.io/api', endpointOverrides: '' })).toEqual({
		baseUrl: 'https://kempower.io/api',
		endpoints: ENDPOINTS,
	});
});

describe('a path', () => {
	it.each(['../../x', 'a/b?c', 'a#b', '%2e%2e', 'å b', '{evseId}'])(
		'contains the station ID %s as one segment',
		(stationId) => {
			const path = fillPath(ENDPOINTS.restartStation.path, { stationId });
			const { pathname } = new URL(`https://kempower.io/api${path}`);
			const segments = pathname.split('/');
			expect(segments).toHaveLength(5);
			expect(decodeURIComponent(segments[3])).toBe(stationId);
		},
	);
});
