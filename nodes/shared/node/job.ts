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

/** What one item asks for: a request, and how to send it and read the answer into output items. */
export interface Job {
	request: ApiRequest;
	/** What a command is about; stands in the output, also when it fails. */
	target?: IDataObject;
	hint?: string;
	/** The output in place of sending, if nothing is to be sent. */
	dryRun?(sent: SentRequest): IDataObject;
	/** @throws RefusedError, UnreadableAnswerError, NotFoundError, and what `send` throws */
	carryOut(send: Send): Promise<IDataObject[]>;
}

type Send = ChargeEyeClient['send'];

/** Station, connector and transaction, as the output names them. */
const idsIn = ({ stationId, connectorId, txId }: IDataObject): IDataObject => ({
	...(stationId !== undefined && { stationId }),
	...(connectorId !== undefined && { connectorId }),
	...(txId !== undefined && { txId }),
});

function commandJob(operation: AnyCommand, parameters: Values): Job {
	const { request, target, action, hint } = operation.prepare(parameters);
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
			// In the order in which a table reads best: what, how it went, and the rest.
			return [{ ...idsIn(target), ...answer, message, ...target }];
		},
	};
}

/** Builds what an item asks for. @throws InputError */
export function prepareJob(operation: AnyCommand | LookUp, parameters: Values): Job {
	if (operation.type === 'command') return commandJob(operation, parameters);
	const pages = operation.prepare(parameters);
	return { request: pages.request, carryOut: (send) => collectItems(pages, send) };
}

/** Commands with the same key go out in the order of their items: those for one station, or one transaction. */
export function orderKey({ request }: Job): string | undefined {
	if (ENDPOINTS[request.endpoint].answer === 'read') return undefined;
	const { stationId, txId }: { stationId?: string; txId?: string } = request.path ?? {};
	return JSON.stringify([stationId, txId]);
}
