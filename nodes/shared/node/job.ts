import type { IDataObject } from 'n8n-workflow';

import { readAnswer, type Verdict } from '../chargeye/answers';
import type { ChargeEyeClient } from '../chargeye/client';
import { ENDPOINTS } from '../chargeye/endpoints';
import type { ApiRequest, SentRequest } from '../chargeye/request';
import { explainAnswer, RefusedError } from './errorWords';
import type { AnyCommand, LookUp } from './operation';
import { collectItems } from './pages';
import { readCommandOptions } from './fields/options';
import type { Values } from './fields/kinds/values';

/** The work of one item: a request, and how to send it and turn the answer into output items. */
export interface Job {
	request: ApiRequest;
	/** The object of a command, such as station and limit; it is in the output, even if the command fails. */
	target?: IDataObject;
	hint?: string;
	/** Gives the output of a dry run, if nothing is to be sent. */
	dryRun?(sent: SentRequest): IDataObject;
	/** @throws RefusedError, UnreadableAnswerError, NotFoundError, and what `send` throws */
	carryOut(send: Send): Promise<IDataObject[]>;
}

type Send = ChargeEyeClient['send'];

/** The IDs of station, connector and transaction, by their names in the output. */
const idsIn = ({ stationId, connectorId, txId }: IDataObject): IDataObject => ({
	...(stationId !== undefined && { stationId }),
	...(connectorId !== undefined && { connectorId }),
	...(txId !== undefined && { txId }),
});

function commandJob(operation: AnyCommand, parameters: Values, item: IDataObject): Job {
	const { request, target, action, hint } = operation.prepare(parameters, item);
	const sentences: Partial<Record<Verdict, string>> = operation.sentences;
	const { dryRun, passRejected } = readCommandOptions(parameters);
	return {
		request,
		target,
		hint,
		...(dryRun && {
			dryRun: (sent) => ({ ...idsIn(target), dryRun: true, ...sent, ...target }),
		}),
		async carryOut(send) {
			const answer = readAnswer(ENDPOINTS[request.endpoint].answer, await send(request));
			const refused = answer.response === 'Rejected';
			if (refused && !passRejected) throw new RefusedError(action, answer);
			const message = refused
				? `The charger refused to ${action}. ${explainAnswer(answer, request.endpoint)}`
				: sentences[answer.response];
			// n8n's table shows fields in this order: IDs, answer, message, and the rest.
			return [{ ...idsIn(target), ...answer, message, ...target }];
		},
	};
}

/**
 * Builds an item's job.
 * @param item the item's JSON
 * @throws InputError
 */
export function prepareJob(
	operation: AnyCommand | LookUp,
	parameters: Values,
	item: IDataObject,
): Job {
	if (operation.type === 'command') return commandJob(operation, parameters, item);
	const pages = operation.prepare(parameters);
	return { request: pages.request, carryOut: (send) => collectItems(pages, send) };
}

/** Commands with the same key are sent in the order of their items: all commands to one station, or one transaction. */
export function orderKey({ request }: Job): string | undefined {
	if (ENDPOINTS[request.endpoint].answer === 'read') return undefined;
	const { stationId, txId }: { stationId?: string; txId?: string } = request.path ?? {};
	return JSON.stringify([stationId, txId]);
}
