import type { IDataObject } from 'n8n-workflow';

import { readAnswer, type Verdict } from '../chargeye/answers';
import { ENDPOINTS } from '../chargeye/endpoints';
import type { SentRequest } from '../chargeye/request';
import { explainAnswer, RefusedError } from './errorWords';
import type { AnyCommand, LookUp, PreparedCommand, RemoteWork } from './operation';
import { collectItems } from './pages';
import { readCommandOptions } from './fields/options';
import { atStation, stations, type Reach } from './fields/stations';
import type { Values } from './fields/kinds/values';

/** A request, and how to send it and turn the answer into output. */
export interface Job extends RemoteWork {
	/** The object of a command, such as station and limit; it is in the output, even if the command fails. */
	target?: IDataObject;
	hint?: string;
	/** The charging profile of a command that sets one. */
	profile?: PreparedCommand['profile'];
	/** Gives the output of a dry run, if nothing is to be sent. */
	dryRun?(sent: SentRequest): IDataObject;
}

/** What comes first of a command’s object in the output: warnings and the limit, then the IDs. */
const leading = ({ warnings, limit, stationId, connectorId, txId }: IDataObject): IDataObject => ({
	...(warnings !== undefined && { warnings }),
	...(limit !== undefined && { limit }),
	...(stationId !== undefined && { stationId }),
	...(connectorId !== undefined && { connectorId }),
	...(txId !== undefined && { txId }),
});

function commandJob(operation: AnyCommand, parameters: Values, item: IDataObject): Job {
	const { request, target, action, hint, profile } = operation.prepare(parameters, item);
	const sentences: Partial<Record<Verdict, string>> = operation.sentences;
	const { dryRun, passRejected } = readCommandOptions(parameters);
	return {
		request,
		target,
		hint,
		profile,
		...(dryRun && {
			dryRun: (sent) => ({ dryRun: true, ...leading(target), ...sent, ...target }),
		}),
		async carryOut(send) {
			const answer = readAnswer(ENDPOINTS[request.endpoint].answer, await send(request));
			const refused = answer.response === 'Rejected';
			if (refused && !passRejected) throw new RefusedError(action, answer);
			const message = refused
				? `The charger refused to ${action}. ${explainAnswer(answer, request.endpoint)}`
				: sentences[answer.response];
			// n8n's table shows fields in this order: what a person looks for, IDs, and what was sent.
			return { items: [{ message, ...answer, ...leading(target), ...target }] };
		},
	};
}

/** The work of an item: its job, or a job at each of several stations. */
export interface Work {
	reach: Reach;
	/** The only job, or that of the first station; for a location, one that only shows that its input is good. */
	job: Job;
	/** Builds the job at another station. @throws InputError */
	jobAt(stationId: string): Job;
}

/**
 * Builds an item's work. All of its input is checked, whatever stations a location has.
 * @param item the item's JSON
 * @throws InputError
 */
export function prepareWork(
	operation: AnyCommand | LookUp,
	parameters: Values,
	item: IDataObject,
): Work {
	const jobWith = (values: Values): Job => {
		if (operation.type === 'command') return commandJob(operation, values, item);
		const pages = operation.prepare(values);
		return {
			request: pages.request,
			async carryOut(send) {
				const items = await collectItems(pages, send);
				const hint = pages.hint?.(items);
				return { items, ...(hint !== undefined && { hints: [hint] }) };
			},
		};
	};
	const jobAt = (stationId: string) => jobWith(atStation(parameters, stationId));
	const reach: Reach = operation.fields.includes(stations)
		? stations.read(parameters)
		: { type: 'one' };
	switch (reach.type) {
		case 'one':
			return { reach, job: jobWith(parameters), jobAt };
		case 'several':
			return { reach, job: jobAt(reach.stationIds[0]), jobAt };
		case 'location':
			return { reach, job: jobAt(reach.locationUid), jobAt };
	}
}

/** Commands with the same key are sent in the order of their items: all commands to one station, or one transaction. */
const orderKeyOf = ({ stationId, txId }: { stationId?: string; txId?: string }): string =>
	JSON.stringify([stationId, txId]);

/** The key of a command to a station. */
export const stationKey = (stationId: string): string => orderKeyOf({ stationId });

/** The key of a job; undefined for a look-up, whose order does not matter. */
export const orderKey = ({ request }: Job): string | undefined =>
	ENDPOINTS[request.endpoint].answer === 'read' ? undefined : orderKeyOf(request.path ?? {});
