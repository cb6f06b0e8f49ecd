import { RPCInternalError } from 'ocpp-rpc/lib/errors.js';
import { NOREPLY } from 'ocpp-rpc/lib/symbols.js';
import type { StationMessages, StatusInfo } from '../ocpp/messages.mts';

/** The actions that are commands of the API. */
const COMMANDS = [
	'SetChargingProfile',
	'ClearChargingProfile',
	'ChangeAvailability',
	'Reset',
	'RequestStartTransaction',
	'RequestStopTransaction',
] as const satisfies Array<keyof StationMessages>;

/** The actions whose answers can be scripted. */
export const ACTIONS = [...COMMANDS, 'GetCompositeSchedule'] as const;

export type Action = (typeof ACTIONS)[number];

/** The actions to which OCPP has the answer Scheduled. */
const SCHEDULED: readonly Action[] = ['ChangeAvailability', 'Reset'];

/** How a station is to answer an action instead of carrying it out. */
export interface ScriptedAnswer {
	/** Absent: all commands that have such an answer. */
	action?: Action;
	/**
	 * - `refuse`: Rejected, or Unknown to a ClearChargingProfile.
	 * - `ignore`: Accepted.
	 * - `schedule`: Scheduled, to ChangeAvailability and Reset.
	 * - `stall`: no answer.
	 * - `error`: a CALLERROR.
	 * - `usual` ends what was set before.
	 *
	 * Whatever the answer, nothing is done, not even later.
	 */
	behaviour: 'refuse' | 'ignore' | 'schedule' | 'stall' | 'error' | 'usual';
	/** What the answer says about itself, such as the reason of a refusal. */
	statusInfo?: StatusInfo;
	/** How many calls get this answer; absent: all until it is replaced. */
	times?: number;
}

type Script = Omit<ScriptedAnswer, 'action' | 'behaviour'> & {
	action: Action;
	behaviour: Exclude<ScriptedAnswer['behaviour'], 'usual'>;
};

/** The action has no answer of the kind that was asked for; the message says so. */
export class NoSuchAnswerError extends Error {}

/** Why an action cannot be answered so, in a sentence; undefined if it can. */
export function problemOfAnswer(
	action: Action | undefined,
	behaviour: ScriptedAnswer['behaviour'],
): string | undefined {
	if (behaviour !== 'schedule' || action === undefined || SCHEDULED.includes(action)) {
		return undefined;
	}
	return `OCPP has no answer Scheduled to ${action}, only to ${SCHEDULED.join(' and ')}.`;
}

/** The scripted answers of a station, one per action. */
export class ScriptedAnswers {
	readonly #scripts = new Map<string, Script>();

	/** @throws NoSuchAnswerError if the action cannot be answered so */
	set({ action, behaviour, ...details }: ScriptedAnswer): void {
		const problem = problemOfAnswer(action, behaviour);
		if (problem !== undefined) throw new NoSuchAnswerError(problem);
		const all = behaviour === 'schedule' ? SCHEDULED : COMMANDS;
		for (const each of action === undefined ? all : [action]) {
			if (behaviour === 'usual') this.#scripts.delete(each);
			else this.#scripts.set(each, { action: each, behaviour, ...details });
		}
	}

	/** The answers in force. */
	all(): ScriptedAnswer[] {
		return [...this.#scripts.values()];
	}

	/**
	 * @returns what to answer instead, or undefined if the station is to act as usual
	 * @throws the RPC error that becomes a CALLERROR
	 */
	play(action: string): Record<string, unknown> | undefined {
		const script = this.#scripts.get(action);
		if (script === undefined) return undefined;
		if (script.times !== undefined && --script.times <= 0) this.#scripts.delete(action);
		switch (script.behaviour) {
			case 'refuse':
				return answer(action === 'ClearChargingProfile' ? 'Unknown' : 'Rejected', script);
			case 'ignore':
				return answer('Accepted', script);
			case 'schedule':
				return answer('Scheduled', script);
			case 'stall':
				return NOREPLY;
			case 'error':
				throw new RPCInternalError('The charging station is broken on purpose');
		}
	}
}

function answer(status: string, { statusInfo }: Script): Record<string, unknown> {
	return { status, ...(statusInfo === undefined ? {} : { statusInfo }) };
}
