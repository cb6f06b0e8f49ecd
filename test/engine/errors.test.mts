import { credentialsFor } from '../../host/credentials.mts';
import { byId, runOperation, type RunOptions } from '../support/chargerOperations.mts';
import { useSite } from '../support/site.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
const AC1 = 'OFFICE-AC-1';

const site = useSite();

const setLimit = (parameters: Record<string, unknown> = {}, options: Partial<RunOptions> = {}) =>
	runOperation(
		'chargingStation:setPowerLimit',
		{ stationId: byId(DC), limitType: 'acMaxPowerKw', limitValue: 20, ...parameters },
		{ credential: credentialsFor(site).accessToken(), ...options },
	);

const commandsSent = async () =>
	(await site.requests()).filter(({ method }) => method !== 'GET').length;

describe('a charger that refuses', () => {
	const refuse = () =>
		site.script(DC, {
			action: 'SetChargingProfile',
			behaviour: 'refuse',
			statusInfo: { reasonCode: 'TooManyElements', additionalInfo: 'Profile memory is full' },
		});

	it('fails the item, with the reason in plain words', async () => {
		await refuse();
		const { status, error } = await setLimit();
		expect(status).toBe('error');
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: `The charger refused to set the power limit of 20 kW (AC) on ${DC} [item 0]`,
			description:
				'Reason: TooManyElements. The schedule has more periods than the charger supports. Use fewer. The charger adds: "Profile memory is full".',
			context: { itemIndex: 0 },
		});
	});

	it('is passed on if the user chooses that', async () => {
		await refuse();
		const { status, items } = await setLimit({ options: { passRejected: true } });
		expect(status).toBe('success');
		expect(items[0]).toMatchObject({
			json: {
				stationId: DC,
				response: 'Rejected',
				reasonCode: 'TooManyElements',
				additionalInfo: 'Profile memory is full',
				message: expect.stringContaining('The charger refused to set the power limit') as string,
			},
			pairedItem: { item: 0 },
		});
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'gives an error item with what was sent and answered (%s)',
		async (onError) => {
			await refuse();
			const run = await setLimit(
				{ stationId: byId('={{ $json.id }}') },
				{ onError, items: [{ id: AC3 }, { id: DC }, { id: AC1 }] },
			);
			expect(run.status).toBe('success');
			const all = [...run.items, ...run.errorItems];
			const isErrorOutput = onError === 'continueErrorOutput';
			const failed = isErrorOutput ? run.errorItems[0] : run.items[1];
			expect(all).toHaveLength(3);
			expect(failed).toEqual({
				json: {
					error: `The charger refused to set the power limit of 20 kW (AC) on ${DC} [item 1]`,
					message: expect.stringContaining('Reason: TooManyElements.') as string,
					// n8n adds the input item; versions before 2.36 do not support further keys in an error item.
					...(isErrorOutput
						? { id: DC }
						: {
								details: {
									stationId: DC,
									limit: { acMaxPowerKw: 20 },
									sent: {
										method: 'PUT',
										url: `${site.rest}/chargingStations/${DC}/powerLimit`,
										body: { limit: { acMaxPowerKw: 20 } },
									},
									answered: {
										response: 'Rejected',
										reasonCode: 'TooManyElements',
										additionalInfo: 'Profile memory is full',
									},
								},
							}),
				},
				pairedItem: { item: 1 },
			});
			expect(all.map(({ pairedItem }) => pairedItem)).toEqual(
				expect.arrayContaining([{ item: 0 }, { item: 1 }, { item: 2 }]),
			);
		},
	);

	it('stops the node with the number of items done and not tried', async () => {
		await refuse();
		const { error } = await setLimit(
			{ stationId: byId('={{ $json.id }}'), options: { stationsAtOnce: 1 } },
			{ items: [{ id: AC3 }, { id: DC }, { id: AC1 }] },
		);
		expect(error?.description).toMatch(
			/Of 3 items 1 was done, 1 failed and 1 was not tried\. Done: 0\. Failed: 1\. Not tried: 2\.$/,
		);
		expect(await commandsSent()).toBe(2);
	});
});

describe('bad input', () => {
	it.each([
		[{ limitValue: '={{ NaN }}' }, 'Limit (kW) is NaN, which is not a number'],
		[{ stationId: byId('..') }, 'Charging Station ".." is not an ID'],
		[{ options: { dryRun: '={{ undefined }}' } }, 'Dry Run is empty'],
		[{ options: { dryRun: '={{ null }}' } }, 'Dry Run is empty'],
	])('%j: %s, and nothing is sent', async (parameters, message) => {
		const { status, error } = await setLimit(parameters);
		expect(status).toBe('error');
		expect(error?.message).toContain(message);
		expect(error?.message).toMatch(/\[item 0\]$/);
		expect(error?.description).toMatch(/Nothing was sent\.$/);
		expect(error?.context).toMatchObject({ itemIndex: 0 });
		expect(await site.requests()).toEqual([]);
	});

	it('in the last item stops the node before the first item is sent', async () => {
		const { error } = await setLimit(
			{ limitValue: '={{ $json.kw }}' },
			{ items: [{ kw: 20 }, { kw: 10 }, { kw: 'ten' }] },
		);
		expect(error?.message).toBe('Limit (kW) is "ten", which is not a number [item 2]');
		expect(error?.description).toMatch(/Nothing was sent for any item\.$/);
		expect(await site.requests()).toEqual([]);
	});

	it('in an expression that cannot be evaluated is reported in n8n’s words', async () => {
		const { error } = await setLimit({ limitValue: '={{ $("Nowhere").first().json.kw }}' });
		expect(error?.message).toBe("Referenced node doesn't exist [item 0]");
		expect(error?.description).toBe('Check the expressions of this item. Nothing was sent.');
		expect(await site.requests()).toEqual([]);
	});

	it('fails only its own item if the node continues on fail', async () => {
		const { items } = await setLimit(
			{ limitValue: '={{ $json.kw }}' },
			{ items: [{ kw: 'ten' }, { kw: 10 }], onError: 'continueRegularOutput' },
		);
		expect(items).toMatchObject([
			{
				json: {
					error: 'Limit (kW) is "ten", which is not a number [item 0]',
					message: expect.stringMatching(/Nothing was sent\.$/) as string,
				},
				pairedItem: { item: 0 },
			},
			{ json: { stationId: DC, response: 'Accepted' }, pairedItem: { item: 1 } },
		]);
		expect(await commandsSent()).toBe(1);
	});

	it.each(['../../x', 'a/b?c', 'a#b', '%2e%2e'])(
		'station ID %s reaches the API as one segment',
		async (stationId) => {
			const { error } = await setLimit({ stationId: byId(stationId) });
			expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '404' });
			const [request] = await site.requests();
			expect(request.path).toBe(
				`/api/chargingStations/${encodeURIComponent(stationId)}/powerLimit`,
			);
		},
	);

	it('connector 0 is refused', async () => {
		const { error } = await runOperation(
			'connector:clearPowerLimit',
			{ stationId: byId(DC), connectorId: byId('={{ 0 }}') },
			{ credential: credentialsFor(site).accessToken() },
		);
		expect(error?.message).toBe(
			'Connector is 0, which is not a connector: 0 stands for the whole station [item 0]',
		);
	});
});

describe('the API’s refusals', () => {
	it('an unknown station', async () => {
		const { error } = await setLimit({ stationId: byId('NOWHERE') });
		expect(error?.message).toMatch(/^ChargEye answered 404: .*NOWHERE.* \[item 0\]$/);
		expect(error?.description).toContain('Check the IDs of this item.');
	});

	it('an unknown connector', async () => {
		const { error } = await runOperation(
			'connector:clearPowerLimit',
			{ stationId: byId(DC), connectorId: byId(9) },
			{ credential: credentialsFor(site).accessToken() },
		);
		expect(error?.message).toMatch(/^ChargEye answered 404: .*9.* \[item 0\]$/);
	});

	it('a station that is offline', async () => {
		await site.setOnline(DC, false);
		const { error } = await setLimit({ options: { timeLimit: 1 } });
		expect(error?.message).toMatch(new RegExp(`^ChargEye answered 504: .*${DC}.* \\[item 0\\]$`));
		expect(error?.description).toContain('The charger is offline, or did not answer in time.');
		expect(error?.description).toContain('It is safe to run this item again.');
	});

	const restart = () =>
		runOperation(
			'chargingStation:restart',
			{ stationId: byId(DC), restartType: 'Immediate' },
			{ credential: credentialsFor(site).accessToken() },
		);

	it('does not claim to know the outcome of a restart', async () => {
		await site.setOnline(DC, false);
		const { error } = await restart();
		expect(error?.description).toContain(
			'It is not known whether the charger carried out the command. Look the station up',
		);
	});

	it.each([
		[
			{ status: 500, body: '<html><head><title>Oops</title></head></html>' },
			/^ChargEye answered 500: A web page titled "Oops"/,
		],
		[{ status: 502, body: '' }, /^ChargEye answered 502 without saying why/],
		[
			{ status: 429, headers: { 'Retry-After': '7000' }, body: { message: 'Slow down' } },
			/^Not sent: ChargEye asks to wait beyond the time limit of 600 s \[item 0\]$/,
		],
		[{ status: 302, headers: { Location: '/elsewhere' }, body: '' }, /^ChargEye answered 302 /],
		[
			{ status: 200, body: { responseFromStation: 'Maybe' } },
			/answer does not say what the charger did/,
		],
		[{ status: 200, body: '{"resp' }, /answer does not say what the charger did/],
		[{ status: 200, body: '' }, /answer does not say what the charger did/],
		[
			{ answer: 'reset' as const },
			/The answer from 127\.0\.0\.1:\d+ is incomplete, or is not HTTP \(ECONNRESET\) \[item 0\]$/,
		],
	])('%j', async (fault, message) => {
		await site.fault({ operationId: 'restartStation', ...fault });
		const { status, error } = await restart();
		expect(status).toBe('error');
		expect(error?.message).toMatch(message);
	});
});

describe('tokens', () => {
	it('a wrong access token', async () => {
		const credential = credentialsFor(site).accessToken({ accessToken: 'wrong-token-4711' });
		const { error, everything } = await setLimit({}, { credential });
		expect(error?.message).toMatch(/^ChargEye answered 401/);
		expect(error?.description).toMatch(
			/^Either the token is wrong or expired, or its user has no permission for this\./,
		);
		expect(everything).not.toContain('wrong-token-4711');
	});

	it('a wrong refresh token', async () => {
		const credential = credentialsFor(site).refreshToken({ refreshToken: 'wrong-token-4711' });
		const { error, everything } = await setLimit({}, { credential });
		expect(error?.message).toMatch(/^ChargEye refused the refresh token \(401\)/);
		expect(everything).not.toContain('wrong-token-4711');
	});

	it('a refresh token gets an access token, which is stored', async () => {
		const credential = credentialsFor(site).refreshToken();
		expect((await setLimit({}, { credential })).status).toBe('success');
		expect(credential.sessionToken).not.toBe('');
		expect((await setLimit({}, { credential })).status).toBe('success');
		const renewals = (await site.requests()).filter(({ path }) => path.includes('refresh'));
		expect(renewals).toHaveLength(1);
	});

	it('an expired access token is renewed, and nothing is lost', async () => {
		const credential = credentialsFor(site).refreshToken();
		await setLimit({}, { credential });
		await site.expire('access');
		const { status, items } = await setLimit({}, { credential, items: [{}, {}, {}] });
		expect(status).toBe('success');
		expect(items).toHaveLength(3);
	});

	it('never appear in anything that a run leaves behind', async () => {
		for (const [kind, make] of Object.entries(credentialsFor(site))) {
			const credential = make();
			for (const onError of [undefined, 'continueRegularOutput'] as const) {
				await site.fault({
					operationId: 'setStationPowerLimit',
					status: 400,
					body: { message: `Bad token ${site.accessToken} or Bearer ${site.refreshToken}` },
				});
				const { everything } = await setLimit({}, { credential, onError });
				expect(everything).toContain('Bad token');
				const { sessionToken } = credential;
				const tokens = [site.accessToken, site.refreshToken, sessionToken].filter(Boolean);
				expect(tokens).toHaveLength(kind === 'refreshToken' ? 3 : 2);
				for (const token of tokens) expect(everything).not.toContain(token);
			}
		}
	});
});

describe('settings of the credential', () => {
	it.each([
		[{ baseUrl: 'http://example.com/api' }, /^Base URL "example.com" uses plain http/],
		[{ baseUrl: '' }, /^Base URL is empty/],
		[{ endpointOverrides: '{"restart": "POST /x"}' }, /"restart" is not an operation/],
		[{ accessToken: '' }, /^Access Token is empty/],
	])('%j', async (settings, message) => {
		const credential = credentialsFor(site).accessToken(settings);
		const { error } = await setLimit({}, { credential });
		expect(error?.message).toMatch(message);
		expect(error?.description).toContain('Open the ChargeEye API credential and fix it.');
	});

	it('an Endpoint Override sends the request elsewhere', async () => {
		const credential = credentialsFor(site).accessToken({
			endpointOverrides: '{"setStationPowerLimit": "POST /v9/{stationId}/limit"}',
		});
		await setLimit({}, { credential });
		expect((await site.requests())[0]).toMatchObject({
			method: 'POST',
			path: `/api/v9/${DC}/limit`,
		});
	});

	it('an API that does not exist', async () => {
		const credential = credentialsFor(site).accessToken({ baseUrl: 'http://127.0.0.1:9/api' });
		const { error } = await setLimit({}, { credential });
		expect(error?.message).toBe('127.0.0.1:9 could not be reached (ECONNREFUSED) [item 0]');
		expect(error?.description).toContain('Check Base URL');
	});
});
