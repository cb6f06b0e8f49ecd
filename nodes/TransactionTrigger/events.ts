import { hasEnded, type Transaction } from '../shared/chargeye/transactions';
import type { ChargingChange } from './polling/charging';
import type { Memory } from './polling/memory';
import { readTime } from '../shared/polling/apiValues';
import type { EventText } from '../shared/polling/form/triggerOn';

/** The settings that some events need. */
export interface Needs {
	/** For `energyReached` (kWh). */
	energyKwh?: number;
	/** For `stateOfChargeReached` (%). */
	stateOfCharge?: number;
	/** For `powerLimited`: the causes of a limit that are reported. */
	powerLimitations: readonly string[];
}

/** What the API shows of a transaction, and what was known about it before and is known now. */
export interface Look {
	transaction: Transaction;
	/** True if it was never seen before. */
	isFirst: boolean;
	before: Memory;
	after: Memory;
	/** The starts and stops of charging since the last look, in order. */
	charging: readonly ChargingChange[];
}

/** One time that an event has happened. */
export interface Occurrence {
	/** What distinguishes it from other events with the same name in the same transaction. */
	detail?: string | number;
	/** When it happened by the API (ms); undefined if the event’s row has to find the time. */
	at?: number;
	/** The event before which it is reported, if that differs from the order of the rows. */
	goesBefore?: 'chargingStarted';
}

/** An event that can start a workflow: its texts, and how it is detected, numbered, explained and dated. */
interface EventRow {
	/** What the form shows. */
	text: EventText;
	/** The setting that the form asks for with this event. */
	needs?: keyof Needs;
	/** Finds each time that the event has happened since the last look; mostly none. */
	detect(look: Look, needs: Needs): Occurrence[];
	/** The memory's counter of this event, if only a number distinguishes two of them. */
	numberedBy?: 'alarms' | 'powerLimits' | 'statusChanges';
	/** The field of the transaction that says why the event happened. */
	reason?: keyof Transaction;
	/** When it happened (ms), if the occurrence has no time. Without either, the end or the last update counts. */
	time?(look: Look): number | undefined;
}

const once = (hasHappened: boolean, detail?: string | number): Occurrence[] =>
	hasHappened ? [{ detail }] : [];

/** The meter stands still after charging has stopped, so a later update does not say when its value was reached. */
const meterTime = ({ after, transaction }: Look) =>
	after.isCharging ? undefined : readTime(transaction.chargingEndTime);

/** True if a value has reached the threshold since the last look. */
const reaches = (before = -Infinity, after = -Infinity, threshold = Infinity): boolean =>
	after >= threshold && !(before >= threshold);

/** Each start, or each stop, of charging. */
const changesTo = ({ charging }: Look, event: ChargingChange['event']): Occurrence[] => {
	// Meter values are reported between the last start and the last stop, so earlier changes go before the last start.
	const lastStart = charging.map((change) => change.event).lastIndexOf('chargingStarted');
	return charging
		.map((change, index): ChargingChange & Occurrence =>
			index < lastStart ? { ...change, goesBefore: 'chargingStarted' } : change,
		)
		.filter((change) => change.event === event)
		.map(({ detail, at, goesBefore }) => ({ detail, at, goesBefore }));
};

/** In the order in which they are reported if one look shows several. */
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
		// The API does not say when: it was at the transaction’s start, or at the latest when charging started.
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
			description: 'The power is being limited, by a cause that you choose',
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
			description: 'The transaction has charged the energy that you set',
		},
		needs: 'energyKwh',
		detect: ({ before, after }, { energyKwh = Infinity }) =>
			once(reaches(before.energyWh, after.energyWh, Math.round(energyKwh * 1000)), energyKwh),
		time: meterTime,
	},
	stateOfChargeReached: {
		text: {
			name: 'State of Charge Reached',
			description: 'The battery has reached the level that you set',
		},
		needs: 'stateOfCharge',
		detect: ({ before, after }, { stateOfCharge }) =>
			once(reaches(before.soc, after.soc, stateOfCharge), stateOfCharge),
		time: meterTime,
	},
	chargingStopped: {
		text: {
			name: 'Charging Stopped',
			description: 'Energy no longer flows; the transaction may continue',
		},
		detect: (look) => changesTo(look, 'chargingStopped'),
		reason: 'chargingEndReason',
	},
	alarm: {
		text: { name: 'Alarm', description: 'A transaction’s status changes to alarm' },
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

/** The events that a workflow wants, and the settings that they need. */
export interface Wanted extends Needs {
	events: readonly EventName[];
}
