import type { IDataObject } from 'n8n-workflow';

import { isOutcomeUnknown, readAnswer, type Answer, type Verdict } from '../chargeye/answers';
import type { ChargeEyeClient } from '../chargeye/client';
import type { EndpointKey } from '../chargeye/contract';
import { ENDPOINTS } from '../chargeye/endpoints';
import type { ApiRequest, SentRequest } from '../chargeye/request';
import { explainAnswer, RefusedError } from './errorWords';
import type {
	AnyCommand,
	LookUp,
	LookUpFirst,
	Outcome,
	PreparedCommand,
	SentOnce,
} from './operation';
import { collectItems, type Pages } from './pages';
import { readCommandOptions } from './fields/options';
import { atStation, stations, type Reach } from './fields/stations';
import type { Values } from './fields/kinds/values';

/** A request, and how to send it and turn the answer into output. */
export interface Job {
	request: ApiRequest;
	/** The object of a command, such as station and limit; it is in the output, even if the command fails. */
	target?: IDataObject;
	hint?: string;
	/** The charging profile of a command that sets one. */
	profile?: PreparedCommand['profile'];
	/** Only for a look-up on which a command depends. */
	beforeCommand?: { stationId: string; otherwise?: string };
	/** Gives the output of a dry run, if nothing is to be sent. */
	dryRun?(sent: SentRequest): IDataObject;
	/**
	 * Sends the request, and perhaps others, and reads the answers.
	 * @returns the outcome, or the job that comes next
	 * @throws RefusedError, UnreadableAnswerError, NotFoundError, and what `send` throws
	 */
	carryOut(send: ChargeEyeClient['send'], sentOnce: SentOnce): Promise<Outcome | Job>;
}

/** What comes first of a command’s object in the output: warnings and the limit, then the IDs. */
const leading = ({ warnings, limit, stationId, connectorId, txId }: IDataObject): IDataObject => ({
	...(warnings !== undefined && { warnings }),
	...(limit !== undefined && { limit }),
	...(stationId !== undefined && { stationId }),
	...(connectorId !== undefined && { connectorId }),
	...(txId !== undefined && { txId }),
});

/** Sends a command and reads the answer. If it says nothing about a command that must not be repeated, looks for its effect. */
async function answerTo(
	{ request, once }: PreparedCommand,
	send: ChargeEyeClient['send'],
	sentOnce: SentOnce,
): Promise<Answer & IDataObject> {
	const answered = send(request).then((body) =>
		readAnswer(ENDPOINTS[request.endpoint].answer, body),
	);
	if (once === undefined) return { ...(await answered) };
	return await answered.then(
		(answer) => {
			if (answer.response !== 'Rejected') sentOnce.set(once.key, 'accepted');
			return { ...answer };
		},
		async (error: Error) => {
			if (!isOutcomeUnknown(error)) return await Promise.reject(error);
			sentOnce.set(once.key, 'unknown');
			const found = await once.find(send).catch(() => undefined);
			if (found === undefined) return await Promise.reject(error);
			sentOnce.set(once.key, 'accepted');
			return { response: 'Accepted' as const, ...found };
		},
	);
}

function commandJob(operation: AnyCommand, parameters: Values, item: IDataObject): Job {
	const sentences: Partial<Record<Verdict, string>> = operation.sentences;
	const { dryRun, passRejected } = readCommandOptions(parameters);
	const jobOf = (command: PreparedCommand): Job => {
		const { request, target, action, hint, profile } = command;
		return {
			request,
			target,
			hint,
			profile,
			...(dryRun && {
				dryRun: (sent) => ({ dryRun: true, ...leading(target), ...sent, ...target }),
			}),
			async carryOut(send, sentOnce) {
				const answer = await answerTo(command, send, sentOnce);
				const refused = answer.response === 'Rejected';
				if (refused && !passRejected) throw new RefusedError(action, answer);
				const message = refused
					? `The charger refused to ${action}. ${explainAnswer(answer, request.endpoint)}`
					: sentences[answer.response];
				// n8n's table shows fields in this order: what a person looks for, IDs, and what was sent.
				return { items: [{ message, ...answer, ...leading(target), ...target }] };
			},
		};
	};
	const prepared = operation.prepare(parameters, item);
	if (!('lookUp' in prepared)) return jobOf(prepared);
	const { stationId } = prepared.target;
	return {
		...jobAfter<PreparedCommand>(prepared, jobOf),
		beforeCommand: { stationId, otherwise: prepared.otherwise },
	};
}

function lookUpJob(operation: LookUp, parameters: Values): Job {
	const jobOf = (pages: Pages<EndpointKey, IDataObject>): Job => ({
		request: pages.request,
		async carryOut(send) {
			const items = await collectItems(pages, send);
			const hint = pages.hint?.(items);
			return { items, ...(hint !== undefined && { hints: [hint] }) };
		},
	});
	const prepared = operation.prepare(parameters);
	return 'lookUp' in prepared ? jobAfter(prepared, jobOf) : jobOf(prepared);
}

/** The job of a look-up on which the next job depends. */
const jobAfter = <Prepared extends { request: ApiRequest }>(
	{ request, target, lookUp }: LookUpFirst<Prepared>,
	jobOf: (prepared: Prepared) => Job,
): Job => ({
	request,
	target,
	async carryOut(send, sentOnce) {
		const found = await lookUp(send, sentOnce);
		return 'request' in found ? jobOf(found) : found;
	},
});

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
	const jobWith = (values: Values): Job =>
		operation.type === 'command'
			? commandJob(operation, values, item)
			: lookUpJob(operation, values);
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

/** The key of a job; undefined for a look-up, whose order does not matter unless a command depends on it. */
export function orderKey({ beforeCommand, request }: Job): string | undefined {
	if (beforeCommand) return stationKey(beforeCommand.stationId);
	const isLookUp = ENDPOINTS[request.endpoint].answer === 'read';
	return isLookUp ? undefined : orderKeyOf(request.path ?? {});
}
