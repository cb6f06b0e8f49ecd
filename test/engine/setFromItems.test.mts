import type { IDataObject } from 'n8n-workflow';

import { byId } from '../support/chargerOperations.mts';
import { useSite } from '../support/site.mts';
import { profileRunner, runProfileOperation } from '../support/smartChargingProfile.mts';

const DC = 'DEPOT-DC-1';
const CREDENTIAL = {};

const site = useSite();

const run = profileRunner(site);

/** What a build operation with the form's defaults outputs. */
const build = async (parameters: Record<string, unknown>): Promise<IDataObject[]> => {
	const { items } = await runProfileOperation('schedule:buildFromTariffHours', parameters, {
		credential: CREDENTIAL,
	});
	expect(items.length).toBeGreaterThan(0);
	return items.map(({ json }) => json);
};

const ids = (profiles: unknown) =>
	(profiles as Array<{ chargingProfile: IDataObject }>).map(
		({ chargingProfile }) => chargingProfile.id,
	);

it.each([
	['chargingStation:setProfile', {}],
	['connector:setProfile', { connectorId: byId(1) }],
] as const)(
	'%s sends what Build outputs, with no more than the target chosen',
	async (operation, target) => {
		const items = await build({});
		const parameters = { specifyProfile: undefined, stationId: byId(DC), ...target };
		const { items: outputs, error } = await run(operation, parameters, { items });
		expect(error).toBeUndefined();
		expect(outputs.map(({ json }) => json.response)).toEqual(items.map(() => 'Accepted'));
		const sent = (await site.messages(DC, 'SetChargingProfile')).map(({ payload }) => payload);
		expect(ids(sent)).toEqual(ids(items));
	},
);

it('names the item without a profile, and sends nothing', async () => {
	const [item] = await build({});
	const { error } = await run(
		'chargingStation:setProfile',
		{ specifyProfile: undefined, stationId: byId(DC) },
		{ items: [item, { chargingLimit: 5 }] },
	);
	expect(error?.message).toBe(
		'chargingProfile is missing: the item has no charging profile [item 1]',
	);
	expect(error?.description).toMatch(
		/^Connect this node behind Build .*Using Fields.* Nothing was sent for any item\.$/,
	);
	expect(await site.messages(DC, 'SetChargingProfile')).toEqual([]);
});

it('a Set that was saved before begins with the fields, as it did then', async () => {
	const { items } = await run(
		'chargingStation:setProfile',
		{ specifyProfile: undefined, stationId: byId(DC), startSchedule: '2026-01-15T17:00:00Z' },
		{ typeVersion: 1 },
	);
	expect(items[0].json).toMatchObject({ response: 'Accepted', chargingProfile: { id: 1 } });
});
