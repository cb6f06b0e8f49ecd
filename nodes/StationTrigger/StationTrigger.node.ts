import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { CREDENTIAL } from '../shared/chargeye/client';
import { builderHintOf } from '../shared/node/builderHint';
import { searchLocations, searchStations } from '../shared/node/listSearch';
import { panel } from '../shared/polling/form/panel';
import { eventsInSubtitle } from '../shared/polling/form/triggerOn';
import { EVENTS } from './events';
import { pollStations } from './pollStations';
import { properties } from './settings';

export class StationTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Charging Station Trigger',
		name: 'stationTrigger',
		icon: {
			light: 'file:../../icons/station-alert.svg',
			dark: 'file:../../icons/station-alert.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: eventsInSubtitle(EVENTS),
		description:
			'Starts a workflow when an EV charging station is offline, faulted, unavailable or back, or a connector stays occupied, with Kempower ChargEye',
		defaults: { name: 'Charging Station Trigger' },
		builderHint: builderHintOf(
			'stationTrigger',
			'Use it instead of a Schedule Trigger with Get Many to hear of chargers that need a person: it reports each state once, with an eventId, after the minutes in atLeastMinutes. Add the event for the end of the state to tell that it is over.',
		),
		polling: true,
		...panel,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL, required: true }],
		properties,
	};

	methods = { listSearch: { searchLocations, searchStations } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollStations(this);
	}
}
