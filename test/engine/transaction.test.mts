import type { IDataObject } from 'n8n-workflow';

import { byId } from '../support/chargerOperations.mts';
import { useSite } from '../support/site.mts';
import { firstProfile, runTransaction, waitForTransaction } from '../support/transactions.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
const AC1 = 'OFFICE-AC-1';

const site = useSite();

const run = (operation: string, parameters: Record<string, unknown>, items?: IDataObject[]) =>
	runTransaction(site, operation, parameters, { items });

describe('Start', () => {
	it('starts a waiting car, with every field of the API', async () => {
		await site.plugIn(DC, 1, { authorize: false });
		await waitForTransaction(site, DC, 1, 'PluggedInIdle');
		const { items, hints } = await run('start', {
			stationId: byId(DC),
			connectorId: byId(1),
			authorizationReference: 'pay_1',
			idToken: '04A2B3C4',
			idTokenType: 'RFID',
			options: {
				contractId: 'FI-ABC-C12345678-X',
				emspCountryCode: 'FI',
				emspPartyId: 'ABC',
				idTokenIssuer: 'Example Mobility',
				ocpiConnectionProfileId: 'hub',
				vehicle: '{"plate": "ABC-123"}',
				chargingProfile: JSON.stringify(firstProfile()),
			},
		});
		expect(items).toEqual([
			{
				json: {
					stationId: DC,
					connectorId: '1',
					alreadyStarted: false,
					authorizationReference: 'pay_1',
					response: 'Accepted',
					message:
						'The charger accepted the start. Charging begins as soon as a car is plugged in and ready; Get Many shows the transaction.',
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(hints).toEqual([]);
		const [message] = await site.messages(DC, 'RequestStartTransaction');
		expect(message).toMatchObject({
			payload: {
				evseId: 1,
				idToken: { idToken: '04A2B3C4', type: 'ISO14443' },
				chargingProfile: firstProfile(),
			},
			answer: { status: 'Accepted' },
		});
		const request = (await site.requests()).find(({ method }) => method === 'POST');
		expect(request).toMatchObject({
			path: `/api/chargingStations/${DC}/evse/1/startTransaction`,
			body: {
				authorizationReference: 'pay_1',
				idToken: '04A2B3C4',
				idTokenType: 'RFID',
				contractId: 'FI-ABC-C12345678-X',
				emspCountryCode: 'FI',
				emspPartyId: 'ABC',
				idTokenIssuer: 'Example Mobility',
				ocpiConnectionProfileId: 'hub',
				vehicle: { plate: 'ABC-123' },
				chargingProfile: firstProfile(),
			},
		});
		const powerKw = await site.waitForPower(DC, 1, (kw) => kw > 0);
		expect(powerKw).toBeLessThanOrEqual(20);
	});

	it('needs only a connector', async () => {
		const { items } = await run('start', { stationId: byId(AC1), connectorId: byId('1') });
		expect(items[0].json).toMatchObject({ stationId: AC1, connectorId: '1', response: 'Accepted' });
		const [message] = await site.messages(AC1, 'RequestStartTransaction');
		expect(message.payload).toMatchObject({ evseId: 1, idToken: { type: 'Central' } });
		const [request] = await site.requests();
		expect(request.body).toEqual({});
	});

	it.each([
		[{ idToken: '04A2B3C4' }, { idToken: '04A2B3C4', idTokenType: 'AD_HOC_USER' }],
		[{ idTokenType: 'APP_USER' }, { idTokenType: 'APP_USER' }],
		[
			{
				options: {
					sendAsNull: ['authorizationReference', 'idToken', 'idTokenIssuer', 'vehicle'],
				},
			},
			{ authorizationReference: null, idToken: null, idTokenIssuer: null, vehicle: null },
		],
		[
			{ authorizationReference: 'pay_1', options: { sendAsNull: '={{ ["idToken"] }}' } },
			{ authorizationReference: 'pay_1', idToken: null },
		],
		[{ authorizationReference: '={{ null }}', options: { sendAsNull: [], vehicle: '' } }, {}],
		[{ options: { vehicle: '{}' } }, { vehicle: {} }],
	])('sends null only if that is chosen: %j', async (parameters, body) => {
		const { items } = await run('start', {
			stationId: byId(AC1),
			connectorId: byId(1),
			...parameters,
		});
		expect(items[0].json.response).toBe('Accepted');
		const request = (await site.requests()).find(({ method }) => method === 'POST');
		expect(request?.body).toEqual(body);
	});

	it('reads local times of the first profile, unwraps it, and warns about what may not be as expected', async () => {
		const [schedule] = firstProfile().chargingSchedule;
		const chargingProfile = firstProfile({
			chargingProfileKind: 'Absolute',
			validFrom: '2026-01-15T16:00:00+02:00',
			chargingSchedule: [
				{
					...schedule,
					startSchedule: '2026-01-15T17:00:00',
					chargingSchedulePeriod: [{ startPeriod: 0, limit: 0 }],
				},
			],
		});
		const { items, hints } = await runTransaction(
			site,
			'start',
			{
				stationId: byId(AC1),
				connectorId: byId(1),
				options: { chargingProfile: JSON.stringify({ chargingProfile }) },
			},
			{ timezone: 'Europe/Helsinki' },
		);
		const pauses = expect.stringContaining('most AC cars pause') as string;
		expect(items[0].json).toMatchObject({ response: 'Accepted', warnings: [pauses] });
		expect(hints).toEqual([pauses]);
		const [request] = await site.requests();
		expect(request.body).toMatchObject({
			chargingProfile: {
				validFrom: '2026-01-15T14:00:00Z',
				chargingSchedule: [{ startSchedule: '2026-01-15T15:00:00Z' }],
			},
		});
	});

	it('sends what breaks a rule if the user chooses that, and names the rule', async () => {
		const idToken = 'x'.repeat(40);
		const { items, hints } = await run('start', {
			stationId: byId(AC1),
			connectorId: byId(1),
			idToken,
			options: {
				sendAnyway: true,
				dryRun: true,
				chargingProfile: JSON.stringify(firstProfile({ transactionId: 't-1' })),
			},
		});
		const warnings = [
			'Sent anyway: ID Token has 40 characters, more than 36.',
			expect.stringMatching(/^Sent anyway: First Charging Profile, transactionId: .*F01\.FR\.11/),
		];
		expect(items[0].json).toMatchObject({
			body: { idToken, chargingProfile: { transactionId: 't-1' } },
			warnings,
		});
		expect(hints).toEqual([expect.stringContaining('ID Token has 40 characters')]);
	});

	it('takes objects of an expression, and warns about values that are allowed but rarely meant', async () => {
		const schedule = firstProfile().chargingSchedule[0];
		const profile = firstProfile({ chargingSchedule: [schedule, { ...schedule, id: 2 }] });
		const { items, hints } = await run(
			'start',
			{
				stationId: byId(DC),
				connectorId: byId(1),
				options: { vehicle: '={{ $json.car }}', chargingProfile: '={{ $json.profile }}' },
			},
			[{ car: { plate: 'ABC-123' }, profile }],
		);
		expect(items[0].json.response).toBe('Accepted');
		expect(hints).toEqual([
			expect.stringMatching(
				/^First Charging Profile, chargingSchedule: .* ISO 15118 \(K01\.FR\.34\)\.$/,
			),
		]);
		const [request] = await site.requests();
		expect(request.body).toMatchObject({ vehicle: { plate: 'ABC-123' }, chargingProfile: profile });
	});

	it('says why a charger refuses', async () => {
		await site.plugIn(AC3, 1);
		await waitForTransaction(site, AC3, 1, 'Charging');
		const { error } = await run('start', { stationId: byId(AC3), connectorId: byId('12') });
		expect(error?.message).toBe(
			`The charger refused to start a transaction on connector 12 of ${AC3} [item 0]`,
		);
		expect(error?.description).toContain('Reason: TxInProgress.');
	});
});

describe('Stop', () => {
	it('ends a transaction', async () => {
		await site.plugIn(AC3, 1);
		const { txId } = await waitForTransaction(site, AC3, 1, 'Charging');
		const { items } = await run('stop', { txId: byId(txId) });
		expect(items).toEqual([
			{
				json: { txId, response: 'Accepted', message: 'The charger ends the transaction.' },
				pairedItem: { item: 0 },
			},
		]);
		const [message] = await site.messages(AC3, 'RequestStopTransaction');
		expect(message).toMatchObject({
			payload: { transactionId: txId },
			answer: { status: 'Accepted' },
		});
		await waitForTransaction(site, AC3, 1, 'Ended');
		expect(await site.waitForPower(AC3, 1, (kw) => kw === 0)).toBe(0);
	});

	it('of an ended transaction is refused, in plain words', async () => {
		await site.plugIn(AC3, 1);
		const { txId } = await waitForTransaction(site, AC3, 1, 'Charging');
		await run('stop', { txId: byId(txId) });
		const { error } = await run('stop', { txId: byId(txId) });
		expect(error?.message).toBe(`The charger refused to stop transaction ${txId} [item 0]`);
		expect(error?.description).toContain('The charger does not know this transaction');
	});
});

describe('an unknown outcome', () => {
	it.each([
		['a broken connection', { answer: 'reset' as const }],
		['an error of the API', { status: 502, body: 'Bad gateway' }],
		['an answer without a verdict', { status: 200, body: {} }],
	])('of Start (%s) says how to find out, and is not repeated', async (_, fault) => {
		await site.fault({ operationId: 'startTransaction', ...fault });
		const { error } = await run('start', { stationId: byId(DC), connectorId: byId(1) });
		expect(error?.description).toContain(
			'It is not known whether the charger carried out the command. Look with Get Many, by station or Authorization Reference: a transaction that started is among them. Only then send it again.',
		);
		expect(await site.requests()).toHaveLength(1);
	});

	it('of Stop says how to find out, and is not repeated', async () => {
		await site.fault({ operationId: 'stopTransaction', answer: 'reset' });
		const { error } = await run('stop', { txId: byId('t-1') });
		expect(error?.description).toContain(
			'It is not known whether the charger carried out the command. Look the transaction up: one that was stopped has the status Ended.',
		);
		expect(await site.requests()).toHaveLength(1);
	});
});

describe('Set and Clear Power Limit', () => {
	it('limit one transaction, and remove that limit', async () => {
		await site.plugIn(DC, 1);
		const { txId } = await waitForTransaction(site, DC, 1, 'Charging');
		await site.waitForPower(DC, 1, (kw) => kw > 40);

		const set = await run('setPowerLimit', {
			txId: byId(txId),
			limitType: 'dcMaxPowerKw',
			limitValue: '30.5',
			options: { comment: 'Shared grid', relativeDelay: 0 },
		});
		expect(set.items[0].json).toEqual({
			txId,
			limit: { dcMaxPowerKw: 30.5 },
			comment: 'Shared grid',
			relativeDelay: 0,
			response: 'Accepted',
			message: 'The charger accepted the power limit.',
		});
		await site.waitForPower(DC, 1, (kw) => kw > 25 && kw <= 30.5);
		const [message] = await site.messages(DC, 'SetChargingProfile');
		expect(message.payload).toMatchObject({
			evseId: 1,
			chargingProfile: { chargingProfilePurpose: 'TxProfile', transactionId: txId },
		});

		const clear = await run('clearPowerLimit', { txId: byId(txId) });
		expect(clear.items[0].json).toEqual({
			txId,
			response: 'Accepted',
			message: 'The charger cleared the power limit.',
		});
		expect(await site.messages(DC, 'ClearChargingProfile')).toHaveLength(1);
		await site.waitForPower(DC, 1, (kw) => kw > 40);
	});

	it('take 0, which stops charging, and warn about it', async () => {
		await site.plugIn(AC3, 1);
		const { txId } = await waitForTransaction(site, AC3, 1, 'Charging');
		const { items, hints } = await run('setPowerLimit', {
			txId: byId(txId),
			limitType: 'acMaxPowerA',
			limitValue: 0,
		});
		expect(items[0].json).toMatchObject({ limit: { acMaxPowerA: 0 }, response: 'Accepted' });
		expect(hints).toEqual([expect.stringMatching(/most AC cars pause/)]);
		await site.waitForPower(AC3, 1, (kw) => kw === 0);
	});

	it('succeed if there is nothing to clear', async () => {
		await site.plugIn(AC3, 1);
		const { txId } = await waitForTransaction(site, AC3, 1, 'Charging');
		const { status, items } = await run('clearPowerLimit', { txId: byId(txId) });
		expect(status).toBe('success');
		expect(items[0].json.response).toBe('Unknown');
	});
});
