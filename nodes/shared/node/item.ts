import type { INodeExecutionData } from 'n8n-workflow';

import { CredentialError } from '../chargeye/account';
import { ApiFailure } from '../chargeye/failure';
import { reasonOf, stationReasonOf, StationsError, type Attempt } from './errorWords';
import type { Reach } from './fields/stations';
import type { Work } from './job';
import type { Progress, StationProgress } from './progress';

/** One unit of work and its result so far: an input item, or all of them if the operation works on them together. */
export interface Item {
	/** Index of the first input item, which errors name. */
	itemIndex: number;
	inputs: number[];
	/** What is to be sent, if its input is good. */
	work?: Work;
	/** One part, or one for each station; none until they are known. */
	parts: Part[];
	hints?: string[];
	/** What its output says besides the warnings of its own. */
	warnings?: string[];
	/** Why it has failed before any part of it began. */
	failed?: Failed;
}

/** The part of an item that one station gets, or the whole item. */
export interface Part {
	/** Only if the item can have several parts. */
	stationId?: string;
	output?: Output[];
	failed?: Failed;
}

export interface Failed {
	error: unknown;
	attempt: Attempt;
}

export type Output = Pick<INodeExecutionData, 'json' | 'binary'>;

/** The parts of an item, as far as its stations are known. */
export function partsOf(reach: Reach): Part[] {
	switch (reach.type) {
		case 'one':
			return [{}];
		case 'several':
			return reach.stationIds.map((stationId) => ({ stationId }));
		case 'location':
			return [];
	}
}

const isDone = ({ output }: Part) => output !== undefined;

/** How far an item is; one that was stopped after some of its stations counts as failed. */
export function stateOf({ parts, failed }: Item): 'done' | 'failed' | 'untried' {
	if (failed || parts.some((part) => part.failed)) return 'failed';
	const done = parts.filter(isDone).length;
	if (done === 0) return 'untried';
	return done === parts.length ? 'done' : 'failed';
}

/** True if nothing else can be sent after the error either: the credential is refused, the time is over. */
export function isFatal(error: unknown): boolean {
	if (error instanceof CredentialError) return true;
	if (!(error instanceof ApiFailure)) return false;
	const { failure } = error;
	if (failure.type === 'status') return failure.status === 401;
	return failure.type === 'timeLimit' || failure.type === 'cancelled';
}

/** How far an item with several stations is; undefined for any other. */
function stationProgressOf({ itemIndex, parts }: Item): StationProgress | undefined {
	if (parts.length < 2) return undefined;
	const idsOf = (some: readonly Part[]) => some.map(({ stationId }) => stationId!);
	return {
		itemIndex,
		done: idsOf(parts.filter(isDone)),
		failed: parts.flatMap(({ stationId, failed }) =>
			failed
				? [{ stationId: stationId!, reason: stationReasonOf(failed.error, failed.attempt) }]
				: [],
		),
		untried: idsOf(parts.filter((part) => !isDone(part) && !part.failed)),
	};
}

/** Why an item has failed; the error of an item with several stations names them. */
function failureOf(item: Item): Failed | undefined {
	if (item.failed || stateOf(item) !== 'failed') return item.failed;
	const failures = item.parts.flatMap(({ failed }) => failed ?? []);
	const stations = stationProgressOf(item);
	if (stations === undefined) return failures[0];
	const fatal = failures.find(({ error }) => isFatal(error));
	const { itemIndex } = item;
	const attempt: Attempt = { ...(fatal?.attempt ?? { itemIndex }), stations };
	return { error: fatal?.error ?? new StationsError(stations), attempt };
}

/** Why the first of those that have failed did so. */
export function firstFailureIn(items: readonly Item[]): Failed | undefined {
	const failed = items.find(({ failed, parts }) => failed ?? parts.some((part) => part.failed));
	return failed && failureOf(failed);
}

/** Which items are done, failed or not tried. */
export function progressOf(items: readonly Item[]): Progress {
	const indexesOf = (state: ReturnType<typeof stateOf>) =>
		items.filter((item) => stateOf(item) === state).map(({ itemIndex }) => itemIndex);
	const failed = items.flatMap((item) => {
		const failure = failureOf(item);
		return failure ? [{ item, failure }] : [];
	});
	return {
		done: indexesOf('done'),
		failed: failed.map(({ item: { itemIndex }, failure: { error, attempt } }) => ({
			itemIndex,
			reason: reasonOf(error, attempt),
		})),
		untried: indexesOf('untried'),
		stations: failed.flatMap(({ item }) => stationProgressOf(item) ?? []),
	};
}
