import type { INode, INodeParameters } from 'n8n-workflow';

import { CREDENTIAL_TYPE } from '../../../host/credentials.mts';
import type { ControlClient } from '../../../host/controlClient.mts';
import type { WorkflowFile } from '../../../host/n8nClient.mts';

/** A power limit of a station, which no other command of a test has. */
export interface LimitCommand {
	stationId: string;
	kw: number;
}

/** Commands for the AC stations of a sandbox, which take limits as they are: each station in turn, each time another limit. */
export async function limitCommands(site: ControlClient, count: number): Promise<LimitCommand[]> {
	const stations = (await site.stations())
		.map(({ stationId }) => stationId)
		.filter((stationId) => stationId.includes('-AC-'));
	return Array.from({ length: count }, (_, index) => ({
		stationId: stations[index % stations.length],
		kw: Math.floor(index / stations.length) + 1,
	}));
}

export const commandText = ({ stationId, kw }: LimitCommand): string => `${stationId}: ${kw} kW`;

interface SetChargingProfile {
	chargingProfile: {
		chargingSchedule: [{ chargingSchedulePeriod: [{ limit: number }] }];
	};
}

/** The power limits that the stations received over OCPP, as `commandText` writes them, sorted. */
export async function limitsReceived(site: ControlClient): Promise<string[]> {
	const messages = await site.messages(undefined, 'SetChargingProfile');
	return messages
		.map(({ stationId, payload }) => {
			const { chargingProfile } = payload as unknown as SetChargingProfile;
			const [{ chargingSchedulePeriod }] = chargingProfile.chargingSchedule;
			return commandText({ stationId, kw: chargingSchedulePeriod[0].limit / 1000 });
		})
		.sort();
}

type Action = Pick<INode, 'type' | 'typeVersion' | 'parameters'>;

/** Charger Operations with fields of the webhook’s body: `stationId` and `kw`. */
export const SET_POWER_LIMIT: Action = {
	type: 'n8n-nodes-charger-operations.chargerOperations',
	typeVersion: 1,
	parameters: {
		resource: 'chargingStation',
		operation: 'setPowerLimit',
		stationId: { __rl: true, mode: 'id', value: '={{ $json.body.stationId }}' },
		limitType: 'acMaxPowerKw',
		limitValue: '={{ $json.body.kw }}',
		options: {},
	},
};

/** Charging Transaction with fields of the webhook’s body: `stationId`, `connectorId` and `payment`. */
export const START: Action = {
	type: 'n8n-nodes-charger-operations.transaction',
	typeVersion: 1,
	parameters: {
		resource: 'transaction',
		operation: 'start',
		stationId: { __rl: true, mode: 'id', value: '={{ $json.body.stationId }}' },
		connectorId: { __rl: true, mode: 'id', value: '={{ $json.body.connectorId }}' },
		authorizationReference: '={{ $json.body.payment }}',
	},
};

/** The last node of `webhookWorkflow`. */
export const COMMAND = 'Command';

/**
 * A workflow in which a webhook, which answers at once, starts one command.
 * @param path of the webhook, behind /webhook/
 */
export function webhookWorkflow(path: string, action: Action): WorkflowFile {
	const webhook: INodeParameters = { httpMethod: 'POST', path, responseMode: 'onReceived' };
	return {
		name: path,
		nodes: [
			{
				id: 'webhook',
				webhookId: path,
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				position: [0, 0],
				parameters: { ...webhook, options: {} },
			},
			{
				id: 'command',
				name: COMMAND,
				position: [220, 0],
				credentials: { [CREDENTIAL_TYPE]: { id: '', name: '' } },
				...action,
			},
		],
		connections: { Webhook: { main: [[{ node: COMMAND, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}
