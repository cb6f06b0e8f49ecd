import type { IDataObject } from 'n8n-workflow';

import { readAnswer } from '../chargeye/answers';
import { ENDPOINTS } from '../chargeye/endpoints';
import type { SentRequest } from '../chargeye/request';
import { explainAnswer, RefusedError } from './errorWords';
import type { Command, LookUp, PreparedLookUp } from './operation';
import { readCommandOptions } from './fields/options';
import type { Values } from './fields/kinds/values';

/** What one item asks for: a request, and how to read its answer into output items. */
export interface Job extends PreparedLookUp {
	/** What a command is about; stands in the output, also when it fails. */
	target?: IDataObject;
	hint?: string;
	/** The output in place of sending, if nothing is to be sent. */
	dryRun?(sent: SentRequest): IDataObject;
	/** @throws RefusedError, UnreadableAnswerError, NotFoundError */
	items(body: unknown): IDataObject[];
}

/** Station, connector and transaction, as the output names them. */
const idsIn = ({ stationId, connectorId, txId }: IDataObject): IDataObject => ({
	...(stationId !== undefined && { stationId }),
	...(connectorId !== undefined && { connectorId }),
	...(txId !== undefined && { txId }),
});

function commandJob(operation: Command, parameters: Values): Job {
	const { request, target, action, hint } = operation.prepare(parameters);
	const { dryRun, passRejected } = readCommandOptions(parameters);
	return {
		request,
		target,
		hint,
		...(dryRun && {
			dryRun: (sent) => ({ ...idsIn(target), dryRun: true, ...sent, ...target }),
		}),
		items(body) {
			const answer = readAnswer(ENDPOINTS[request.endpoint].answer, body);
			const refused = answer.response === 'Rejected';
			if (refused && !passRejected) throw new RefusedError(action, answer);
			const message = refused
				? `The charger refused to ${action}. ${explainAnswer(answer)}`
				: operation.sentences[answer.response];
			// In the order in which a table reads best: what, how it went, and the rest.
			return [{ ...idsIn(target), ...answer, message, ...target }];
		},
	};
}

/** Builds what an item asks for. @throws InputError */
export function prepareJob(operation: Command | LookUp, parameters: Values): Job {
	if (operation.type === 'command') return commandJob(operation, parameters);
	return operation.prepare(parameters);
}

/** Commands with the same key go out in the order of their items: those for one station, or one transaction. */
export function orderKey({ request }: Job): string | undefined {
	if (ENDPOINTS[request.endpoint].answer === 'read') return undefined;
	const { stationId, txId }: { stationId?: string; txId?: string } = request.path ?? {};
	return JSON.stringify([stationId, txId]);
}
