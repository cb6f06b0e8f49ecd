import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { CREDENTIAL } from '../shared/chargeye/client';
import { builderHintOf } from '../shared/node/builderHint';
import { powerLimitHint } from '../shared/node/fields/powerLimit';
import {
	getStations,
	searchConnectors,
	searchLocations,
	searchStations,
} from '../shared/node/listSearch';
import { describeResources, subtitleOf, type Resource } from '../shared/node/operation';
import { runOperations } from '../shared/node/run';
import { clearPowerLimit as clearStationPowerLimit } from './operations/chargingStation/clearPowerLimit';
import { get } from './operations/chargingStation/get';
import { getAll } from './operations/chargingStation/getAll';
import { restart } from './operations/chargingStation/restart';
import { setPowerLimit as setStationPowerLimit } from './operations/chargingStation/setPowerLimit';
import { changeAvailability } from './operations/connector/changeAvailability';
import { clearPowerLimit as clearConnectorPowerLimit } from './operations/connector/clearPowerLimit';
import { setPowerLimit as setConnectorPowerLimit } from './operations/connector/setPowerLimit';

/** The first operation of a resource is its default. */
const RESOURCES: Resource[] = [
	{
		name: 'Charging Station',
		value: 'chargingStation',
		operations: [setStationPowerLimit, clearStationPowerLimit, get, getAll, restart],
	},
	{
		name: 'Connector',
		value: 'connector',
		operations: [setConnectorPowerLimit, clearConnectorPowerLimit, changeAvailability],
	},
];

export class ChargerOperations implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Charger Operations',
		name: 'chargerOperations',
		icon: {
			light: 'file:../../icons/charging-station.svg',
			dark: 'file:../../icons/charging-station.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle: subtitleOf(RESOURCES),
		description:
			'Set power limits, change availability and restart EV charging stations with Kempower ChargEye',
		defaults: { name: 'Charger Operations' },
		builderHint: builderHintOf(
			'chargerOperations',
			'A limit of 0 stops charging until Clear Power Limit; below 6 A per phase (1.38 kW) most AC cars pause. For limits that begin and end by themselves use Smart Charging Profile.',
		),
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL, required: true }],
		hints: [powerLimitHint],
		properties: describeResources(RESOURCES),
	};

	methods = {
		listSearch: { searchConnectors, searchLocations, searchStations },
		loadOptions: { getStations },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, RESOURCES);
	}
}
