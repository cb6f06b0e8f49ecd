import { RPCInternalError } from 'ocpp-rpc/lib/errors.js';
import { NOREPLY } from 'ocpp-rpc/lib/symbols.js';
import type { StationMessages, StatusInfo } from '../ocpp/messages.mts';

/** GetVariables is not among them: its answer has no way to refuse. */
export type Action = Exclude<keyof StationMessages, 'GetVariables'>;

/** The actions that are commands of the API. */
const COMMANDS = [
	'SetChargingProfile',
	'ClearChargingProfile',
	'ChangeAvailability',
	'Reset',
	'RequestStartTransaction',
	'RequestStopTransaction',
] as const satisfies Action[];

/** How a station is to answer an action instead of carrying it out. */
export interface ScriptedAnswer {
	/** Absent: all commands. */
	action?: Action;
	/** `usual` ends what was set before. */
	behaviour: 'refuse' | 'stall' | 'error' | 'usual';
	/** The reason of a refusal. */
	statusInfo?: StatusInfo;
	/** How many calls get this answer; absent: all until it is replaced. */
	times?: number;
}

/** The scripted answers of a station, one per action. */
export class ScriptedAnswers {
	readonly #scripts = new Map<string, ScriptedAnswer & { action: Action }>();

	set(script: ScriptedAnswer): void {
		for (const action of script.action === undefined ? COMMANDS : [script.action]) {
			if (script.behaviour === 'usual') this.#scripts.delete(action);
			else this.#scripts.set(action, { ...script, action });
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
				return refusal(script);
			case 'stall':
				return NOREPLY;
			case 'error':
				throw new RPCInternalError('The charging station is broken on purpose');
			case 'usual':
				return undefined;
		}
	}
}

function refusal({ action, statusInfo }: ScriptedAnswer): Record<string, unknown> {
	const status = action === 'ClearChargingProfile' ? 'Unknown' : 'Rejected';
	return { status, ...(statusInfo === undefined ? {} : { statusInfo }) };
}
