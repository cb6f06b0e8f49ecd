import type { Transaction } from '../shared/chargeye/transactions';
import type { ChargingChange } from './polling/charging';
import type { Memory } from './polling/memory';
import { hasEnded } from './polling/transactionFacts';
import { readTime } from './polling/apiValues';

/** What events need beside their names. */
export interface Needs {
	/** For `energyReached` (kWh). */
	energyKwh?: number;
	/** For `stateOfChargeReached` (%). */
	stateOfCharge?: number;
	/** For `powerLimited`: by what. */
	powerLimitations: readonly string[];
}

/** A look at a transaction, and what was known of it before. */
export interface Look {
	transaction: Transaction;
	/** True if it was never seen before. */
	isFirst: boolean;
	before: Memory;
	after: Memory;
	/** What charging did in between, in order. */
	charging: readonly ChargingChange[];
}

/** That an event has happened. */
export interface Occurrence {
	/** What sets it apart from other events of that name in the same transaction. */
	detail?: string | number;
	/** By the API (ms); the time of the update if it has no better one. */
	at?: number;
	/** The event that it is told before, where its turn is not that of its row. */
	goesBefore?: 'chargingStarted';
}

/** An event that can start a workflow: all there is to say of it. */
interface EventRow {
	/** In the form. */
	text: { name: string; description: string };
	/** Which further settings the form asks for. */
	needs?: keyof Needs;
	/** How often, mostly never, it has happened since the last look. */
	detect(look: Look, needs: Needs): Occurrence[];
	/** The memory's count of those told, by which alone they can be told apart. */
	numberedBy?: 'alarms' | 'powerLimits' | 'statusChanges';
	/** Which field of the transaction says why. */
	reason?: keyof Transaction;
	/** When (ms), unless the occurrence tells; the time of the end or the last update if nothing does. */
	time?(look: Look): number | undefined;
}

const once = (hasHappened: boolean, detail?: string | number): Occurrence[] =>
	hasHappened ? [{ detail }] : [];

/** After charging has stopped the meter stands still, while updates go on. */
const meterTime = ({ after, transaction }: Look) =>
	after.isCharging ? undefined : readTime(transaction.chargingEndTime);

/** True if a value has come to the threshold since it was looked at before. */
const reaches = (before = -Infinity, after = -Infinity, threshold = Infinity): boolean =>
	after >= threshold && !(before >= threshold);

/** Each time that charging began, or stopped. */
const changesTo = ({ charging }: Look, event: ChargingChange['event']): Occurrence[] => {
	// The meter belongs between the last start and the last stop.
	const lastStart = charging.map((change) => change.event).lastIndexOf('chargingStarted');
	return charging
		.map((change, index): ChargingChange & Occurrence =>
			index < lastStart ? { ...change, goesBefore: 'chargingStarted' } : change,
		)
		.filter((change) => change.event === event)
		.map(({ detail, at, goesBefore }) => ({ detail, at, goesBefore }));
};

/** In the order in which they are told if one look shows several. */
const ROWS = {
	transactionStarted: {
		text: {
			name: 'Transaction Started',
			description: 'A cable is plugged in, or a driver authorized',
		},
		detect: ({ isFirst }) => once(isFirst),
		reason: 'startReason',
		time: ({ after }) => after.start,
	},
	authorized: {
		text: { name: 'Authorized', description: 'The driver has been authorized' },
		detect: ({ before, after }) => once(after.isAuthorized && !before.isAuthorized),
		// The API does not tell when: at the start, or before charging.
		time: ({ transaction: { startReason, startTime, chargingStartTime } }) =>
			(['Authorized', 'RemoteStart'].includes(startReason ?? '')
				? readTime(startTime)
				: undefined) ?? readTime(chargingStartTime),
	},
	chargingStarted: {
		text: {
			name: 'Charging Started',
			description: 'Energy begins to flow, also again after a pause',
		},
		detect: (look) => changesTo(look, 'chargingStarted'),
	},
	powerLimited: {
		text: {
			name: 'Power Limited',
			description: 'The power is being limited, for a cause that you choose',
		},
		needs: 'powerLimitations',
		detect: ({ before, after: { powerLimitation }, transaction }, { powerLimitations }) =>
			powerLimitation !== undefined &&
			powerLimitation !== before.powerLimitation &&
			powerLimitations.includes(powerLimitation)
				? once(!hasEnded(transaction), powerLimitation)
				: [],
		numberedBy: 'powerLimits',
		reason: 'powerLimitation',
	},
	energyReached: {
		text: {
			name: 'Energy Reached',
			description: 'The transaction has charged as much as you say',
		},
		needs: 'energyKwh',
		detect: ({ before, after }, { energyKwh = Infinity }) =>
			once(reaches(before.energyWh, after.energyWh, Math.round(energyKwh * 1000)), energyKwh),
		time: meterTime,
	},
	stateOfChargeReached: {
		text: {
			name: 'State of Charge Reached',
			description: 'The battery is as full as you say',
		},
		needs: 'stateOfCharge',
		detect: ({ before, after }, { stateOfCharge }) =>
			once(reaches(before.soc, after.soc, stateOfCharge), stateOfCharge),
		time: meterTime,
	},
	chargingStopped: {
		text: {
			name: 'Charging Stopped',
			description: 'Energy no longer flows; the transaction may go on',
		},
		detect: (look) => changesTo(look, 'chargingStopped'),
		reason: 'chargingEndReason',
	},
	alarm: {
		text: { name: 'Alarm', description: 'A transaction goes into alarm' },
		detect: ({ before, after }) => once(after.status === 'Alarm' && before.status !== 'Alarm'),
		numberedBy: 'alarms',
	},
	transactionEnded: {
		text: { name: 'Transaction Ended', description: 'A transaction is over' },
		detect: ({ transaction }) => once(hasEnded(transaction)),
		reason: 'endReason',
	},
	statusChanged: {
		text: {
			name: 'Status Changed',
			description: 'The status has changed since the last poll',
		},
		detect: ({ before, after }) =>
			once(after.status !== before.status, `${before.status ?? ''}-${after.status ?? ''}`),
		numberedBy: 'statusChanges',
	},
} satisfies Record<string, EventRow>;

export type EventName = keyof typeof ROWS;

export const EVENTS: Readonly<Record<EventName, EventRow>> = ROWS;

export const EVENT_NAMES = Object.keys(ROWS) as EventName[];

/** Which events a workflow wants, and what they need. */
export interface Wanted extends Needs {
	events: readonly EventName[];
}
