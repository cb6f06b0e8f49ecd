import { EVENT_NAMES, type Wanted } from '../../../nodes/TransactionTrigger/events.ts';
import { readMemories, writeMemories } from '../../../nodes/TransactionTrigger/polling/memory.ts';
import { observe } from '../../../nodes/TransactionTrigger/polling/observe.ts';
import {
	oldestFirst,
	type TransactionEvent,
} from '../../../nodes/TransactionTrigger/polling/transactionEvent.ts';
import {
	POWER_LIMITATIONS,
	type Transaction,
} from '../../../nodes/shared/chargeye/transactions.ts';

const NOW = Date.parse('2026-03-01T12:00:00.500Z');
const at = (minute: number) => `2026-03-01T10:${String(minute).padStart(2, '0')}:00.000Z`;

const ALL: Wanted = {
	events: EVENT_NAMES,
	energyKwh: 20,
	stateOfCharge: 80,
	powerLimitations: POWER_LIMITATIONS,
};

/** The events that successive answers about one transaction lead to; the memory is stored and read again in between. */
function look(wanted: Wanted, ...shown: Array<Partial<Transaction>>): TransactionEvent[] {
	let stored = '';
	return shown.flatMap((fields, index) => {
		const [memory] = readMemories(stored);
		if (memory?.ended) throw new Error('It has ended');
		const transaction = { txId: 'TX', sequenceNumber: index, updateTime: at(index), ...fields };
		const seen = observe(memory, transaction, wanted, NOW);
		stored = writeMemories([seen.memory]);
		return seen.events;
	});
}

const only = (...events: Wanted['events']): Wanted => ({ ...ALL, events });
const summary = (events: TransactionEvent[]) =>
	events.map(({ eventId, occurredAt }) => [eventId, occurredAt]);

describe('one look at a transaction that is over', () => {
	const session: Partial<Transaction> = {
		status: 'Ended',
		startTime: at(1),
		startReason: 'CablePluggedIn',
		authenticated: true,
		chargingStartTime: at(2),
		chargingEndTime: at(30),
		endTime: at(35),
		updateTime: at(35),
		chargedEnergyKwh: 21,
		socEnd: 82,
		powerLimitation: 'Grid',
	};

	it('reports all its events, in order, with its own times', () => {
		expect(summary(oldestFirst(look(ALL, session)))).toEqual([
			['TX:transactionStarted', at(1)],
			['TX:authorized', at(2)],
			[`TX:chargingStarted:${at(2)}`, at(2)],
			['TX:energyReached:20', at(30)],
			['TX:stateOfChargeReached:80', at(30)],
			[`TX:chargingStopped:${at(30)}`, at(30)],
			['TX:transactionEnded', at(35)],
			['TX:statusChanged:1:-Ended', at(35)],
		]);
	});

	it('reports only the wanted events', () => {
		expect(look(only('chargingStopped'), session).map(({ event }) => event)).toEqual([
			'chargingStopped',
		]);
	});

	it('gives the transaction, both times and both statuses', () => {
		const [, event] = look(only('transactionEnded', 'transactionStarted'), session);
		expect(event).toMatchObject({
			event: 'transactionEnded',
			occurredAt: at(35),
			detectedAt: '2026-03-01T12:00:00.500Z',
			previousStatus: null,
			status: 'Ended',
			transaction: { txId: 'TX', chargedEnergyKwh: 21 },
		});
	});

	it('uses the time of the poll if the transaction has no times', () => {
		const events = look(ALL, { status: 'Ended', updateTime: null, sequenceNumber: null });
		expect(summary(events)).toEqual([
			['TX:transactionStarted', '2026-03-01T12:00:00.500Z'],
			['TX:transactionEnded', '2026-03-01T12:00:00.500Z'],
			['TX:statusChanged:1:-Ended', '2026-03-01T12:00:00.500Z'],
		]);
	});
});

type Case = [name: string, wanted: Wanted, shown: Array<Partial<Transaction>>, reported: unknown[]];

const idle = { status: 'PluggedInIdle', startTime: at(0) } as const;
const charging = { status: 'Charging', startTime: at(0), chargingStartTime: at(1) } as const;
const stopped = { ...charging, status: 'PluggedInIdle', chargingEndTime: at(5) } as const;

const CASES: Case[] = [
	[
		'a transaction starts once',
		only('transactionStarted'),
		[idle, charging, idle],
		[['TX:transactionStarted', at(0)]],
	],
	[
		'a driver is authorized at the start',
		only('authorized'),
		[
			{ ...idle, authenticated: false },
			{ ...idle, authenticated: true, startReason: 'RemoteStart' },
			{ ...idle, authenticated: true },
		],
		[['TX:authorized', at(0)]],
	],
	[
		'a driver is authorized later',
		only('authorized'),
		[idle, { ...idle, authenticated: true }],
		[['TX:authorized', at(1)]],
	],
	[
		'charging starts, stops and resumes: the API keeps the first start',
		only('chargingStarted', 'chargingStopped'),
		[
			idle,
			charging,
			stopped,
			{ ...charging, chargingEndTime: null },
			{ ...stopped, chargingEndTime: at(9) },
		],
		[
			[`TX:chargingStarted:${at(1)}`, at(1)],
			[`TX:chargingStopped:${at(5)}`, at(5)],
			[`TX:chargingStarted:${at(5)}`, at(3)],
			[`TX:chargingStopped:${at(9)}`, at(9)],
		],
	],
	[
		'charging resumes: the API shows the latest start',
		only('chargingStarted', 'chargingStopped'),
		[charging, stopped, { ...charging, chargingStartTime: at(7) }],
		[
			[`TX:chargingStarted:${at(1)}`, at(1)],
			[`TX:chargingStopped:${at(5)}`, at(5)],
			[`TX:chargingStarted:${at(7)}`, at(7)],
		],
	],
	[
		'charging stopped and resumed between two looks',
		only('chargingStarted', 'chargingStopped'),
		[charging, { ...charging, chargingStartTime: at(7) }],
		[
			[`TX:chargingStarted:${at(1)}`, at(1)],
			[`TX:chargingStopped:${at(7)}`, at(7)],
			[`TX:chargingStarted:${at(7)}`, at(7)],
		],
	],
	[
		'charging resumed and stopped between two looks',
		only('chargingStarted', 'chargingStopped'),
		[stopped, { ...stopped, chargingEndTime: at(9) }],
		[
			[`TX:chargingStarted:${at(1)}`, at(1)],
			[`TX:chargingStopped:${at(5)}`, at(5)],
			[`TX:chargingStarted:${at(5)}`, at(5)],
			[`TX:chargingStopped:${at(9)}`, at(9)],
		],
	],
	[
		'charging without times',
		only('chargingStarted', 'chargingStopped'),
		[
			{ status: 'Charging' },
			{ status: 'PluggedInIdle' },
			{ status: 'Charging' },
			{ status: 'Ended' },
		],
		[
			['TX:chargingStarted', at(0)],
			['TX:chargingStopped', at(1)],
			['TX:chargingStarted:#2', at(2)],
			['TX:chargingStopped:#2', at(3)],
		],
	],
	[
		'a start time that the API gives late is no new start',
		only('chargingStarted', 'chargingStopped'),
		[{ status: 'Charging' }, charging, { ...charging, status: 'Unknown' }, charging],
		[['TX:chargingStarted', at(0)]],
	],
	[
		'an alarm interrupts charging, twice',
		only('alarm', 'chargingStopped'),
		[
			charging,
			{ ...stopped, status: 'Alarm' },
			{ ...stopped, status: 'Alarm' },
			stopped,
			{ ...stopped, status: 'Alarm' },
		],
		[
			[`TX:chargingStopped:${at(5)}`, at(5)],
			['TX:alarm:1', at(1)],
			['TX:alarm:2', at(4)],
		],
	],
	[
		'every change of the status is reported',
		only('statusChanged'),
		[
			{ ...idle, status: 'AuthorizedNotPluggedIn' },
			idle,
			idle,
			{ ...idle, status: null },
			charging,
			{ ...charging, status: 'Ended', endTime: at(40) },
		],
		[
			['TX:statusChanged:1:-AuthorizedNotPluggedIn', at(0)],
			['TX:statusChanged:2:AuthorizedNotPluggedIn-PluggedInIdle', at(1)],
			['TX:statusChanged:3:PluggedInIdle-Charging', at(4)],
			['TX:statusChanged:4:Charging-Ended', at(40)],
		],
	],
	[
		'energy reaches the threshold once',
		only('energyReached'),
		[19.999, 20, 20.5, 19, 21, null].map((chargedEnergyKwh) => ({ ...charging, chargedEnergyKwh })),
		[['TX:energyReached:20', at(1)]],
	],
	[
		'a battery that has reached the threshold at the first look',
		only('stateOfChargeReached'),
		[
			{ ...charging, soc: 80 },
			{ ...charging, soc: 81 },
		],
		[['TX:stateOfChargeReached:80', at(0)]],
	],
	[
		'power is limited by one of the chosen causes',
		{ ...only('powerLimited'), powerLimitations: ['Grid', 'Queue'] },
		[null, 'Grid', 'Grid', 'Vehicle', 'Queue', null, 'Grid'].map(
			(powerLimitation) => ({ ...charging, powerLimitation }) as Partial<Transaction>,
		),
		[
			['TX:powerLimited:1:Grid', at(1)],
			['TX:powerLimited:2:Queue', at(4)],
			['TX:powerLimited:3:Grid', at(6)],
		],
	],
	[
		'a transaction has ended, though its status does not say so',
		only('transactionEnded'),
		[charging, { ...charging, status: null, endTime: at(20) }],
		[['TX:transactionEnded', at(20)]],
	],
];

it.each(CASES)('%s', (_name, wanted, shown, reported) => {
	expect(summary(look(wanted, ...shown))).toEqual(reported);
});

it('gives the status at the last look', () => {
	const [, ended] = look(only('transactionStarted', 'transactionEnded'), charging, {
		...charging,
		status: 'Ended',
	});
	expect(ended).toMatchObject({ previousStatus: 'Charging', status: 'Ended' });
});

it('keeps the events of one transaction in order, even if its times contradict it', () => {
	const ended = { ...charging, status: 'Ended' as const };
	const strange = look(only('chargingStarted', 'transactionEnded'), {
		...ended,
		chargingStartTime: at(30),
		endTime: at(20),
	});
	expect(oldestFirst(strange).map(({ event }) => event)).toEqual([
		'chargingStarted',
		'transactionEnded',
	]);
});
