import { randomUUID } from 'node:crypto';

import { hashOf } from '../../../nodes/shared/charging/base/hash.ts';
import {
	readMemories,
	writeMemories,
	newMemory,
	type Memory,
} from '../../../nodes/TransactionTrigger/polling/memory.ts';

const START = Date.parse('2026-03-01T10:00:00.123Z');

const full = (changes: Partial<Memory> = {}): Memory => ({
	...newMemory(hashOf(randomUUID())),
	start: START,
	sequenceNumber: 1234,
	updated: START + 30 * 3_600_000,
	status: 'Charging',
	isAuthorized: true,
	isCharging: true,
	phases: 12,
	chargingStart: START + 90_000,
	chargingEnd: START + 29 * 3_600_000,
	energyWh: 123_456,
	soc: 99.5,
	powerLimitation: 'Grid',
	alarms: 3,
	statusChanges: 40,
	powerLimits: 50,
	...changes,
});

describe('the memory of transactions', () => {
	it.each<[string, Memory[]]>([
		['none', []],
		['an ongoing one', [full()]],
		['one that has ended', [{ ...newMemory('a'), ended: true, start: START }]],
		['one that has ended without a time', [{ ...newMemory('a'), ended: true }]],
		['several', [{ ...newMemory('a'), ended: true, start: START }, full(), full({ hash: 'b' })]],
		[
			'an ongoing one of which little is known',
			[
				full({
					start: undefined,
					sequenceNumber: undefined,
					status: undefined,
					chargingStart: undefined,
					chargingEnd: undefined,
					energyWh: undefined,
					soc: undefined,
					powerLimitation: undefined,
					isCharging: false,
				}),
			],
		],
		['values of 0', [full({ sequenceNumber: 0, energyWh: 0, soc: 0, phases: 0 })]],
		[
			'words that the API did not have before',
			[full({ status: "New, | 'one'", powerLimitation: 'Moon' })],
		],
		['times before the start', [full({ chargingStart: START - 5000 })]],
	])('is the same after writing and reading: %s', (_name, memories) => {
		expect(readMemories(writeMemories(memories))).toEqual(memories);
	});

	it.each([
		['of which everything is known', full()],
		[
			'whose driver is not authorized, and for which the list is needed',
			full({ isAuthorized: false, authorizationMark: hashOf(randomUUID()), listsLeft: 3 }),
		],
	])('takes at most 120 bytes of JSON for an ongoing transaction %s', (_name, memory) => {
		const stations = Object.fromEntries(
			Array.from({ length: 100 }, (_, index) => [
				`FI*KEM*E${100_000 + index}*DC`,
				{ 1: writeMemories([{ ...memory, hash: hashOf(randomUUID()) }]) },
			]),
		);
		expect(JSON.stringify(stations).length / 100).toBeLessThanOrEqual(120);
	});
});
