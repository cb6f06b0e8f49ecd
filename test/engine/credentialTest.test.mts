import { startServer, type LocalServer } from '../../host/support/localServer.mts';
import { testCredential } from '../support/engine.mts';

let requests: string[] = [];
let server: LocalServer;

beforeAll(async () => {
	server = await startServer(({ method, url, headers }, response) => {
		requests.push(`${method} ${url} ${headers.authorization}`);
		response.setHeader('Content-Type', 'application/json').end('{"locations": []}');
	});
});
afterAll(() => server.close());
beforeEach(() => {
	requests = [];
});

const test = (endpointOverrides: unknown) =>
	testCredential({
		authentication: 'accessToken',
		accessToken: 'token-of-the-test',
		baseUrl: ` ${server.url}/api/ `,
		endpointOverrides: endpointOverrides as string,
	});

describe('the test of the credential', () => {
	it.each([
		['', 'GET /api/locations'],
		['{}', 'GET /api/locations'],
		[{}, 'GET /api/locations'],
		[undefined, 'GET /api/locations'],
		['{"restartStation": "POST /x/{stationId}"}', 'GET /api/locations'],
		['{"listLocations": "GET /v2/sites"}', 'GET /api/v2/sites'],
		['{"listLocations": " post  /v2/sites "}', 'POST /api/v2/sites'],
		[{ listLocations: 'PATCH /v2/sites' }, 'PATCH /api/v2/sites'],
	])('with Endpoint Overrides %j calls %s', async (endpointOverrides, asked) => {
		await test(endpointOverrides);
		expect(requests).toEqual([`${asked} Bearer token-of-the-test`]);
	});

	it.each([
		['not json', 'Endpoint Overrides must be a JSON object'],
		['{"listLocations": "GET"}', '"listLocations" must be a method and a path'],
		['{"listLocations": "FETCH /x"}', '"listLocations" has the method "FETCH"'],
		['{"listLocations": "GET //example.com/../x"}', '"listLocations" must be a plain path'],
		['{"listLocations": 7}', '"listLocations" must be a method and a path'],
	])('says what is wrong with %j, and sends nothing', async (endpointOverrides, message) => {
		await expect(test(endpointOverrides)).rejects.toThrow(message);
		expect(requests).toEqual([]);
	});
});
