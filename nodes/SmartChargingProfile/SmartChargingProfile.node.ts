import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { CREDENTIAL } from '../shared/chargeye/client';
import { builderHintOf } from '../shared/node/builderHint';
import {
	getStations,
	searchConnectors,
	searchLocations,
	searchStations,
} from '../shared/node/listSearch';
import { describeResources, subtitleOf, type Resource } from '../shared/node/operation';
import { runOperations } from '../shared/node/run';
import { searchTimezones } from '../shared/node/timezoneSearch';
import { clearConnectorProfile, clearStationProfile } from './clear/clearProfile';
import { preview } from './preview/preview';
import { specifyCharger } from './preview/previewQuery';
import { buildFromPrices } from './prices/buildFromPrices';
import { setConnectorProfile, setStationProfile } from './set/setProfile';
import { shareSiteLimit } from './site/shareSiteLimit';
import { buildFromTariffHours } from './tariff/buildFromTariffHours';
import { validate } from './validate/validate';

/** The first operation of a resource is its default. */
const RESOURCES: Resource[] = [
	{
		name: 'Charging Station',
		value: 'chargingStation',
		operations: [setStationProfile, clearStationProfile],
	},
	{
		name: 'Connector',
		value: 'connector',
		operations: [setConnectorProfile, clearConnectorProfile],
	},
	{
		name: 'Schedule',
		value: 'schedule',
		operations: [buildFromTariffHours, buildFromPrices, preview, validate, shareSiteLimit],
	},
];

export class SmartChargingProfile implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Smart Charging Profile',
		name: 'smartChargingProfile',
		icon: {
			light: 'file:../../icons/charging-profile.svg',
			dark: 'file:../../icons/charging-profile.dark.svg',
		},
		group: ['output'],
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: subtitleOf(RESOURCES),
		description:
			'Set and clear OCPP 2.0.1 charging profiles, which limit EV chargers over time, with Kempower ChargEye',
		defaults: { name: 'Smart Charging Profile' },
		builderHint: builderHintOf(
			'smartChargingProfile',
			'Mostly two of these nodes in a row: Build From Tariff Hours or Build From Prices makes charging profiles, then Set sends one for each item. Share Site Limit goes between Charging Station: Get Many and Set Power Limit. Do not write OCPP JSON by hand. Charging stations then keep to the limits by themselves, so no Schedule Trigger is needed for each hour.',
		),
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			// Operations that send nothing need no account. Preview looks a charging station up if it is given by one.
			{
				name: CREDENTIAL,
				required: true,
				displayOptions: {
					hide: {
						operation: [buildFromTariffHours, buildFromPrices, validate, shareSiteLimit].map(
							({ value }) => value,
						),
						[specifyCharger.name]: ['fields'],
					},
				},
			},
		],
		properties: describeResources(RESOURCES),
	};

	methods = {
		listSearch: { searchConnectors, searchLocations, searchStations, searchTimezones },
		loadOptions: { getStations },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, RESOURCES);
	}
}
