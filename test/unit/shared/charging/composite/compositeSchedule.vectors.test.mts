import { readFileSync } from 'node:fs';
import path from 'node:path';

import { compositeSchedule } from '../../../../../nodes/shared/charging/composite/compositeSchedule.ts';
import type {
	CompositePeriod,
	CompositeScheduleQuery,
} from '../../../../../nodes/shared/charging/composite/compositeSchedule.ts';
import type {
	ChargingProfile,
	RateUnit,
} from '../../../../../nodes/shared/charging/profile/profile.ts';
import { scheduleOf } from '../../../../../sandbox/stations/profileLimits.mts';

/** One EVSE with a running transaction; `about` in the file explains the fields. */
interface VectorCase {
	id: string;
	start: string;
	end: string;
	unit: RateUnit;
	evse: ChargingProfile[];
	station: ChargingProfile[];
	voltage: number;
	phases: number;
	limitA: number;
	limitW: number;
	sessionStart: string;
	/** Limits are not rounded; numberPhases is absent if the case does not determine the phases. */
	expected: CompositePeriod[];
}

const { cases } = JSON.parse(
	readFileSync(path.join(__dirname, '../../../../vectors/composite-cases.json'), 'utf8'),
) as { cases: VectorCase[] };

const EVSE = 1;

const queryOf = (vector: VectorCase): CompositeScheduleQuery => ({
	profiles: [
		...vector.evse.map((profile) => ({ evseId: EVSE, profile })),
		...vector.station.map((profile) => ({ evseId: 0, profile })),
	],
	evseId: EVSE,
	evseIds: [EVSE],
	startMs: Date.parse(vector.start),
	endMs: Date.parse(vector.end),
	unit: vector.unit,
	voltage: vector.voltage,
	phases: vector.phases,
	transactions: new Map([[EVSE, { startedAtMs: Date.parse(vector.sessionStart) }]]),
	defaultLimit: { A: vector.limitA, W: vector.limitW },
});

/** The expected periods in our form: rounded down to one decimal, and without a step that equals the previous one. */
function expectedOf({ expected }: VectorCase, answer: CompositePeriod[]): CompositePeriod[] {
	const steps = expected.map(({ startPeriod, limit, numberPhases }) => {
		const ours = answer.findLast((period) => period.startPeriod <= startPeriod)?.numberPhases;
		const phases = numberPhases ?? ours;
		return {
			startPeriod,
			limit: Math.floor(limit * 10 + 1e-6) / 10,
			...(phases !== undefined && { numberPhases: phases }),
		};
	});
	return steps.filter(
		({ limit, numberPhases }, index) =>
			limit !== steps[index - 1]?.limit || numberPhases !== steps[index - 1]?.numberPhases,
	);
}

describe.each([
	['the package', compositeSchedule],
	['a station of the sandbox', scheduleOf],
])('%s gives the same answers as an independent implementation', (_name, answerTo) => {
	it.each(cases.map((vector) => [vector.id, vector] as const))('%s', (_id, vector) => {
		const answer = answerTo(queryOf(vector));
		expect(answer).toEqual(expectedOf(vector, answer));
	});

	it('in all 150 cases', () => {
		expect(new Set(cases.map(({ id }) => id)).size).toBe(150);
	});
});
