import type { IDataObject } from 'n8n-workflow';

import { credentialsFor } from '../../host/credentials.mts';
import { byId } from '../support/chargerOperations.mts';
import { runNode } from '../support/engine.mts';
import { useSite } from '../support/site.mts';
import { chargingProfile } from '../unit/shared/charging/profiles.mts';

const site = useSite();

/** The names of the fields of the first item, in the order in which n8n's table shows them. */
async function columns(operation: string, parameters: object, items: IDataObject[] = [{}]) {
	const [type, resource, name] = operation.split(/[ :]/);
	const { items: output } = await runNode({
		type,
		credential: credentialsFor(site).accessToken(),
		parameters: { resource, operation: name, ...parameters },
		items,
		timezone: 'Europe/Helsinki',
	});
	return Object.keys(output[0].json);
}

const station = { stationId: byId('OFFICE-AC-3') };
const limit = { ...station, limitType: 'acMaxPowerKw', limitValue: 3 };
const connector = { ...station, connectorId: byId('12') };
const profile = { specifyProfile: 'json', profileJson: JSON.stringify(chargingProfile()) };
const prices = [3, 4].map((price, hour) => ({ start: `2099-01-01T0${hour}:00`, price }));

it.each([
	[
		'chargerOperations chargingStation:setPowerLimit',
		limit,
		['message', 'response', 'limit', 'stationId'],
	],
	[
		'chargerOperations chargingStation:setPowerLimit',
		{ ...limit, options: { dryRun: true } },
		['dryRun', 'limit', 'stationId', 'method', 'url', 'body'],
	],
	[
		'chargerOperations connector:clearPowerLimit',
		connector,
		['message', 'response', 'stationId', 'connectorId'],
	],
	[
		'smartChargingProfile connector:setProfile',
		{ ...connector, ...profile },
		['message', 'response', 'stationId', 'connectorId', 'chargingProfile'],
	],
	[
		'smartChargingProfile schedule:buildFromTariffHours',
		{},
		['summary', 'warnings', 'chargingProfile', 'stackLevels', 'sendAgainBefore'],
	],
	[
		'smartChargingProfile schedule:buildFromPrices',
		{ rule: 'priceBands', pricesFrom: 'json', pricesJson: JSON.stringify(prices) },
		['summary', 'warnings', 'energyKwh', 'missingKwh', 'cost', 'costAtOnce', 'saving'],
	],
	[
		'smartChargingProfile schedule:validate',
		{ profileJson: JSON.stringify(chargingProfile()) },
		['valid', 'findings', 'warnings', 'chargingProfile'],
	],
	[
		'smartChargingProfile schedule:preview',
		{ specifyProfiles: 'json', profilesJson: JSON.stringify(chargingProfile()) },
		['start', 'end', 'limit', 'unit', 'limitInWords'],
	],
])('%s: what a person looks for comes first, %j', async (operation, parameters, first) => {
	expect((await columns(operation, parameters)).slice(0, first.length)).toEqual(first);
});
