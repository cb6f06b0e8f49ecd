import type { IDataObject } from 'n8n-workflow';

import { credentialsFor } from '../../host/credentials.mts';
import { byId, runOperation, type RunOptions } from '../support/chargerOperations.mts';
import { KNOWS_DETAILS } from '../support/engineVersion.mts';
import { runProfileOperation } from '../support/smartChargingProfile.mts';
import { useSite } from '../support/site.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
const AC1 = 'OFFICE-AC-1';
const OFFICE = 'loc-head-office';
const DEPOT = 'loc-harbour-depot';

const site = useSite();

const LIMIT = { limitType: 'acMaxPowerKw', limitValue: 6 };
const several = (stationIds: unknown) => ({ stations: 'several', stationIds });
const at = (locationId: string) => ({ stations: 'location', locationId: byId(locationId) });

const setLimit = (parameters: Record<string, unknown>, options: Partial<RunOptions> = {}) =>
	runOperation(
		'chargingStation:setPowerLimit',
		{ ...LIMIT, ...parameters },
		{ credential: credentialsFor(site).accessToken(), ...options },
	);

/** The commands that the API received: the station of each. */
const commands = async () =>
	(await site.requests())
		.filter(({ method }) => method !== 'GET')
		.map(({ path }) => /chargingStations\/([^/]+)/.exec(path)?.[1]);
const lookUps = async () => (await site.requests()).filter(({ method }) => method === 'GET').length;

const refuse = (stationId: string) =>
	site.script(stationId, {
		action: 'SetChargingProfile',
		behaviour: 'refuse',
		statusInfo: { reasonCode: 'TooManyElements', additionalInfo: 'Profile memory is full' },
	});

const idsOf = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json.stationId);

describe('several stations', () => {
	it.each([
		['a list', [DC, AC1]],
		['a list from an expression', '={{ [$json.dc, $json.ac1] }}'],
		['a text with commas', '={{ $json.dc + ", " + $json.ac1 + "," }}'],
		['a station named twice', '={{ [$json.dc, $json.ac1, $json.dc] }}'],
	])('each get the command and an output item (%s)', async (_, stationIds) => {
		const { items, error } = await setLimit(several(stationIds), {
			items: [{ dc: DC, ac1: AC1 }],
		});
		expect(error).toBeUndefined();
		expect(items).toEqual(
			[DC, AC1].map((stationId) => ({
				json: {
					stationId,
					response: 'Accepted',
					message: 'The charger accepted the power limit.',
					limit: { acMaxPowerKw: 6 },
				},
				pairedItem: { item: 0 },
			})),
		);
		expect((await commands()).sort()).toEqual([DC, AC1].sort());
		expect(await lookUps()).toBe(0);
	});

	it('have the same output as one', async () => {
		const one = await setLimit({ stationId: byId(DC) });
		const ofSeveral = await setLimit(several([DC]));
		expect(ofSeveral.items).toEqual(one.items);
	});

	it.each([
		['={{ [] }}', 'Charging Station Names or IDs is empty'],
		['={{ $json.nothing }}', 'Charging Station Names or IDs is empty'],
		['={{ " , " }}', 'Charging Station Names or IDs is empty'],
		['={{ [$json.id, ""] }}', 'Entry 2 of Charging Station Names or IDs is empty'],
		['={{ "A, .." }}', 'Entry 2 of Charging Station Names or IDs ".." is not an ID'],
	])('that cannot be read stop the node before anything is sent: %j', async (stationIds, words) => {
		const { status, error } = await setLimit(several(stationIds), { items: [{ id: DC }] });
		expect(status).toBe('error');
		expect(error?.message).toBe(`${words} [item 0]`);
		expect(error?.description).toMatch(/Nothing was sent\.$/);
		expect(await site.requests()).toEqual([]);
	});
});

describe('a location', () => {
	it('is looked up once, and each of its stations gets the command', async () => {
		const { items, error } = await setLimit(at(OFFICE), { items: [{}, {}] });
		expect(error).toBeUndefined();
		expect(idsOf(items)).toEqual([AC3, AC1, AC3, AC1]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 1 },
			{ item: 1 },
		]);
		expect(await lookUps()).toBe(1);
		expect((await commands()).sort()).toEqual([AC1, AC1, AC3, AC3]);
	});

	it('can differ from item to item', async () => {
		const { items } = await setLimit(at('={{ $json.at }}'), {
			items: [{ at: DEPOT }, { at: OFFICE }, { at: DEPOT }],
		});
		expect(idsOf(items)).toEqual([DC, AC3, AC1, DC]);
		expect(await lookUps()).toBe(2);
	});

	it('lowers and restores the power of its stations', async () => {
		await site.plugIn(AC3, 1);
		await site.plugIn(AC1, 1);
		await setLimit(at(OFFICE));
		await site.waitForPower(AC3, 1, (kw) => kw <= 6);
		await site.waitForPower(AC1, 1, (kw) => kw <= 6);
		const { items } = await runOperation('chargingStation:clearPowerLimit', at(OFFICE), {
			credential: credentialsFor(site).accessToken(),
		});
		expect(items.map(({ json }) => json.response)).toEqual(['Accepted', 'Accepted']);
		await site.waitForPower(AC3, 1, (kw) => kw > 6);
		await site.waitForPower(AC1, 1, (kw) => kw > 6);
	});

	it('gets a charging profile, and is cleared of it', async () => {
		const credential = credentialsFor(site).accessToken();
		const set = await runProfileOperation(
			'chargingStation:setProfile',
			{ ...at(OFFICE), startSchedule: '2026-01-15T17:00:00+02:00', specifyProfile: 'fields' },
			{ credential },
		);
		expect(set.error).toBeUndefined();
		expect(set.items.map(({ json }) => [json.stationId, json.response])).toEqual([
			[AC3, 'Accepted'],
			[AC1, 'Accepted'],
		]);
		const cleared = await runProfileOperation(
			'chargingStation:clearProfile',
			{ ...at(OFFICE), criteria: { chargingProfileId: 1 } },
			{ credential },
		);
		expect(cleared.items.map(({ json }) => [json.stationId, json.response])).toEqual([
			[AC3, 'Accepted'],
			[AC1, 'Accepted'],
		]);
	});

	it.each([
		['has no station', 'loc-empty', []],
		['has stations without IDs', OFFICE, [{ name: 'nameless' }]],
		['has only stations of another location', OFFICE, [{ stationId: DC, locationUid: DEPOT }]],
	])('that %s is an error', async (_, location, stations) => {
		await site.fault({ operationId: 'listStations', status: 200, body: { stations } });
		const { error } = await setLimit(at(location));
		expect(error?.message).toBe(
			`ChargEye shows no charging station at the location ${location} [item 0]`,
		);
		expect(error?.description).toMatch(/^Choose another location, .* No command was sent\.$/);
		expect(await commands()).toEqual([]);
	});

	it('that is unknown stops the node before any command', async () => {
		const { error } = await setLimit(at('={{ $json.at }}'), {
			items: [{ at: OFFICE }, { at: 'nowhere' }],
		});
		expect(error?.message).toBe(
			'ChargEye shows no charging station at the location nowhere [item 1]',
		);
		expect(await commands()).toEqual([]);
	});

	it('that is unknown fails its own items if the node continues, and is looked up once', async () => {
		const { items } = await setLimit(at('={{ $json.at }}'), {
			items: [{ at: 'nowhere' }, { at: DEPOT }, { at: 'nowhere' }],
			onError: 'continueRegularOutput',
		});
		expect(items.map(({ json, pairedItem }) => [json.stationId ?? json.error, pairedItem])).toEqual(
			[
				['ChargEye shows no charging station at the location nowhere [item 0]', { item: 0 }],
				[DC, { item: 1 }],
				['ChargEye shows no charging station at the location nowhere [item 2]', { item: 2 }],
			],
		);
		expect(await lookUps()).toBe(2);
	});

	it('is not even looked up if another item has bad input', async () => {
		const { error } = await setLimit(
			{ ...at(OFFICE), limitValue: '={{ $json.kw }}' },
			{ items: [{ kw: 6 }, { kw: -6 }] },
		);
		expect(error?.message).toBe('Limit (kW) is -6, which is less than 0 [item 1]');
		expect(await site.requests()).toEqual([]);
	});

	it('whose look-up is refused fails as one station would', async () => {
		const { error } = await setLimit(at(OFFICE), {
			credential: { ...credentialsFor(site).accessToken(), accessToken: 'a-token-of-nobody' },
		});
		expect(error?.message).toMatch(/^ChargEye answered 401: .* \[item 0\]$/);
		expect(error?.description).toMatch(/No command was sent\.$/);
		expect(await commands()).toEqual([]);
	});

	it('is looked up by a dry run, which gives an item for each station', async () => {
		const { items, hints } = await setLimit({ ...at(OFFICE), options: { dryRun: true } });
		expect(items.map(({ json }) => json)).toEqual(
			[AC3, AC1].map((stationId) => ({
				stationId,
				dryRun: true,
				method: 'PUT',
				url: `${site.rest}/chargingStations/${stationId}/powerLimit`,
				body: { limit: { acMaxPowerKw: 6 } },
				limit: { acMaxPowerKw: 6 },
			})),
		);
		expect(hints).toContain('Dry run: only the charging stations of the location were looked up.');
		expect(await lookUps()).toBe(1);
		expect(await commands()).toEqual([]);
	});
});

describe('a station that fails among others', () => {
	it('does not keep the others from the command, and the error names them all', async () => {
		await refuse(AC3);
		const { status, error } = await setLimit({
			...several([DC, AC3, AC1]),
			options: { stationsAtOnce: 1 },
		});
		expect(status).toBe('error');
		expect(await commands()).toEqual([DC, AC3, AC1]);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: `1 of 3 charging stations failed: ${AC3} [item 0]`,
			description: `${AC3}: The charger refused. Reason: TooManyElements. The schedule has more periods than the charger supports. Use fewer. The charger adds: "Profile memory is full". It is safe to run this item again. Of 3 charging stations 2 were done, 1 failed and 0 were not tried. Done: ${DC}, ${AC1}. Failed: ${AC3}.`,
		});
		expect(error?.context.progress).toEqual({
			done: '',
			failed: [{ items: '0', reason: `1 of 3 charging stations failed: ${AC3}` }],
			untried: '',
			stations: [
				{
					item: 0,
					done: [DC, AC1],
					failed: [
						{
							stations: [AC3],
							reason:
								'The charger refused. Reason: TooManyElements. The schedule has more periods than the charger supports. Use fewer. The charger adds: "Profile memory is full".',
						},
					],
					untried: [],
				},
			],
		});
	});

	it.each([1, 200])(
		'ends the run after its item: no later item begins (%d at once)',
		async (stationsAtOnce) => {
			await refuse(AC3);
			const { error } = await setLimit(
				{ ...at(OFFICE), options: { stationsAtOnce } },
				{ items: [{}, {}, {}] },
			);
			expect((await commands()).sort()).toEqual([AC1, AC3]);
			expect(error?.description).toContain(
				'Of 3 items 0 were done, 1 failed and 2 were not tried. Failed: 0. Not tried: 1-2.',
			);
			expect(error?.context.progress).toMatchObject({
				done: '',
				untried: '1-2',
				stations: [{ item: 0, done: [AC1], untried: [] }],
			});
		},
	);

	it('waits for its turn: items that share a station keep their order', async () => {
		await refuse(DC);
		const { error } = await setLimit(several('={{ $json.ids }}'), {
			items: [{ ids: [AC3, DC] }, { ids: [AC3, AC1] }, { ids: [AC1] }],
		});
		expect((await commands()).sort()).toEqual([DC, AC3]);
		expect(error?.context.progress).toMatchObject({ untried: '1-2' });
	});

	it('does not end another item that has begun', async () => {
		await refuse(DC);
		const { error } = await setLimit(
			{ ...several('={{ $json.ids }}'), options: { stationsAtOnce: 2 } },
			{ items: [{ ids: [DC] }, { ids: [AC3, AC1] }] },
		);
		expect((await commands()).sort()).toEqual([DC, AC1, AC3]);
		expect(error?.message).toContain(`on ${DC} [item 0]`);
		expect(error?.context.progress).toMatchObject({ done: '1', untried: '' });
	});

	it('that is offline is named with the API’s words', async () => {
		await site.setOnline(AC3, false);
		const { error, items } = await setLimit(at(OFFICE));
		expect(items).toEqual([]);
		expect(error?.message).toBe(`1 of 2 charging stations failed: ${AC3} [item 0]`);
		expect(error?.description).toContain(`${AC3}: ChargEye answered 504`);
		expect(error?.description).toContain(`Done: ${AC1}. Failed: ${AC3}.`);
	}, 60_000);

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'has an error item of its own if the node continues (%s)',
		async (onError) => {
			await refuse(AC3);
			const run = await setLimit(at('={{ $json.at }}'), {
				onError,
				items: [{ at: OFFICE }, { at: DEPOT }],
			});
			expect(run.status).toBe('success');
			const isErrorOutput = onError === 'continueErrorOutput';
			const failed = isErrorOutput ? run.errorItems[0] : run.items[0];
			expect(isErrorOutput ? run.errorItems.length : 1).toBe(1);
			expect(failed).toMatchObject({
				json: {
					error: `The charger refused to set the power limit of 6 kW (AC) on ${AC3} [item 0]`,
					message: expect.stringContaining('Reason: TooManyElements.') as string,
					...(isErrorOutput
						? { at: OFFICE, ...(KNOWS_DETAILS && { details: { stationId: AC3 } }) }
						: {
								stationId: AC3,
								details: {
									stationId: AC3,
									limit: { acMaxPowerKw: 6 },
									sent: {
										method: 'PUT',
										url: `${site.rest}/chargingStations/${AC3}/powerLimit`,
										body: { limit: { acMaxPowerKw: 6 } },
									},
									answered: { response: 'Rejected', reasonCode: 'TooManyElements' },
								},
							}),
				},
				pairedItem: { item: 0 },
			});
			const accepted = run.items.filter(({ json }) => json.response === 'Accepted');
			expect(accepted.map(({ json, pairedItem }) => [json.stationId, pairedItem])).toEqual([
				[AC1, { item: 0 }],
				[DC, { item: 1 }],
			]);
			expect(run.items).toHaveLength(isErrorOutput ? 2 : 3);
		},
	);

	it('is passed on if the user chooses that', async () => {
		await refuse(AC3);
		const { items, error } = await setLimit({ ...at(OFFICE), options: { passRejected: true } });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => [json.stationId, json.response])).toEqual([
			[AC3, 'Rejected'],
			[AC1, 'Accepted'],
		]);
	});
});

describe('a run that cannot go on', () => {
	it('stops at a refused credential: the other stations are not tried', async () => {
		await site.fault({ operationId: 'setStationPowerLimit', status: 401, times: 3 });
		const { error } = await setLimit({
			...several([DC, AC3, AC1]),
			options: { stationsAtOnce: 1 },
		});
		expect(await commands()).toEqual([DC]);
		expect(error?.message).toMatch(/^ChargEye answered 401.* \[item 0\]$/);
		expect(error?.description).toContain(
			`Of 3 charging stations 0 were done, 1 failed and 2 were not tried. Failed: ${DC}. Not tried: ${AC3}, ${AC1}.`,
		);
	});

	it('stops at the time limit', async () => {
		await site.fault({
			operationId: 'setStationPowerLimit',
			status: 429,
			headers: { 'Retry-After': '60' },
			times: 100,
		});
		const { error } = await setLimit({ ...several([DC, AC3, AC1]), options: { timeLimit: 1 } });
		expect(error?.message).toBe(
			'Not sent: ChargEye asks to wait beyond the time limit of 1 s [item 0]',
		);
		expect(error?.description).toContain('Of 3 charging stations 0 were done');
	});
});
