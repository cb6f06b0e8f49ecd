import { connector, pathOf } from '../../shared/node/fields/connector';
import type { Command, PreparedCommand } from '../../shared/node/operation';
import { startAgain, startDetails } from './startDetails';
import { oncePerReference } from './startedBefore';

/**
 * API operation `startTransaction`; OCPP 2.0.1 RequestStartTransaction (F01, F02). It is sent again only if it was surely
 * not carried out.
 */
export const start: Command<'startTransaction'> = {
	type: 'command',
	name: 'Start',
	value: 'start',
	action: 'Start transaction',
	description:
		'Start charging on a connector, for example after a payment. Not every car can restart DC charging without being unplugged and plugged in again.',
	fields: [connector, startDetails],
	prepare(parameters) {
		const target = connector.read(parameters);
		const { body, isSentAgain, warnings } = startDetails.read(parameters, target.connectorId);
		const { authorizationReference: reference } = body;
		const command: PreparedCommand<'startTransaction'> = {
			request: { endpoint: 'startTransaction', path: pathOf(target), body },
			target: {
				...target,
				alreadyStarted: false,
				...(reference !== undefined && { authorizationReference: reference }),
				...(warnings.length > 0 && { warnings }),
			},
			action: `start a transaction on connector ${target.connectorId} of ${target.stationId}`,
			...(warnings.length > 0 && { hint: warnings.join(' ') }),
		};
		if (typeof reference !== 'string' || isSentAgain) return command;
		const otherwise = `The option ${startAgain.label} starts without this look-up (listStationTransactions).`;
		return oncePerReference(command, target, reference, otherwise);
	},
	sentences: {
		Accepted:
			'The charger accepted the start. Charging begins as soon as a car is plugged in and ready; Get Many shows the transaction.',
	},
};
