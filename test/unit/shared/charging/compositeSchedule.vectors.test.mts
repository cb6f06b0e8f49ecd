import { readFileSync } from 'node:fs';
import path from 'node:path';

import { compositeSchedule } from '../../../../nodes/shared/charging/compositeSchedule.ts';
import type { CompositePeriod } from '../../../../nodes/shared/charging/compositeSchedule.ts';
import type { InstalledProfile, RateUnit } from '../../../../nodes/shared/charging/profile.ts';

/** A case of EVerest libocpp (Apache-2.0, LICENSE beside the file). */
interface VectorCase {
	id: string;
	suite: 'libocpp 2.0.1' | 'libocpp 2.1';
	evseCount: number;
	evseId: number;
	start: string;
	end: string;
	unit: RateUnit;
	activeTransactionEvses: number[];
	transactionStart: string | null;
	defaultLimit: { A: number; W: number };
	voltage: number;
	profiles: InstalledProfile[];
	/** Without numberPhases where the case says nothing about phases. */
	expected: CompositePeriod[];
}

const cases = JSON.parse(
	readFileSync(path.join(__dirname, '../../../vectors/composite-schedules.json'), 'utf8'),
) as VectorCase[];

/** Cases whose expected limits follow from fields that OCPP 2.0.1 does not have. */
const LEFT_OUT: Record<string, string> = {
	V2MaxOverridesHigherLimits: 'periods without a limit, which 2.0.1 requires: setpoints instead',
	V2ChargingRateUnitCombine: 'limits per phase (limit_L2, limit_L3), so W is not the total',
	V2Different_Number_Phases: 'limits per phase (limit_L2, limit_L3), of which the lowest holds',
	V2Different_Number_Phases_W: 'limits per phase (limit_L2, limit_L3), of which the lowest holds',
	V21NoLimitSpecified: 'a period without a limit, which 2.0.1 requires: the ChargingOnly mode',
	V21DifferentNumberPhases_StationWide:
		'limits per phase (limit_L2, limit_L3), so W is not the total',
};

const run = cases.filter(({ id }) => !(id in LEFT_OUT));

describe('composite schedules of an independent implementation', () => {
	it.each(run.map((vector) => [vector.suite, vector.id, vector] as const))(
		'%s: %s',
		(_suite, _id, vector) => {
			const start = Date.parse(vector.start);
			const startedAt = vector.transactionStart ? Date.parse(vector.transactionStart) : start;
			const answer = compositeSchedule({
				profiles: vector.profiles,
				evseId: vector.evseId,
				evseIds: Array.from({ length: vector.evseCount }, (_, index) => index + 1),
				start,
				end: Date.parse(vector.end),
				unit: vector.unit,
				voltage: vector.voltage,
				phases: 3,
				transactions: new Map(
					vector.activeTransactionEvses.map((evseId) => [evseId, { startedAt }]),
				),
				defaultLimit: vector.defaultLimit,
			});
			expect(answer.map(({ startPeriod, limit }) => ({ startPeriod, limit }))).toEqual(
				vector.expected.map(({ startPeriod, limit }) => ({ startPeriod, limit })),
			);
			expect(answer.map(({ numberPhases }) => numberPhases)).toEqual(
				vector.expected.map(({ numberPhases }, index) =>
					numberPhases === undefined ? answer[index].numberPhases : numberPhases,
				),
			);
		},
	);

	it('leaves out only cases of OCPP 2.1, by name, and runs all others', () => {
		const leftOut = cases.filter(({ id }) => id in LEFT_OUT);
		expect(leftOut.map(({ id }) => id).sort()).toEqual(Object.keys(LEFT_OUT).sort());
		expect(new Set(leftOut.map(({ suite }) => suite))).toEqual(new Set(['libocpp 2.1']));
		expect(run.length + leftOut.length).toBe(50);
		expect(run).toHaveLength(44);
	});
});
