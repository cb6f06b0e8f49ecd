import { RPCInternalError } from 'ocpp-rpc/lib/errors.js';
import { NOREPLY } from 'ocpp-rpc/lib/symbols.js';
import type { StationMessages, StatusInfo } from '../ocpp/messages.mts';

/** GetVariables is not among them: its answer has no way to refuse. */
export type Action = Exclude<keyof StationMessages, 'GetVariables'>;

/** How a station shall answer an action instead of doing it. */
export interface ScriptedAnswer {
	action: Action;
	behaviour: 'refuse' | 'stall' | 'error';
	/** The reason of a refusal. */
	statusInfo?: StatusInfo;
	/** How many calls it hits; without it, every one until it is replaced. */
	times?: number;
}

/** The scripted misbehaviour of a station: one script an action. */
export class ScriptedAnswers {
	readonly #scripts = new Map<string, ScriptedAnswer>();

	set(script: ScriptedAnswer): void {
		this.#scripts.set(script.action, { ...script });
	}

	/**
	 * @returns what to answer instead, or nothing when the station shall act as usual
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
		}
	}
}

function refusal({ action, statusInfo }: ScriptedAnswer): Record<string, unknown> {
	const status = action === 'ClearChargingProfile' ? 'Unknown' : 'Rejected';
	return { status, ...(statusInfo === undefined ? {} : { statusInfo }) };
}
