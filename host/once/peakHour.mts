import type { INode } from 'n8n-workflow';
import type { Workflow } from '../n8nClient.mts';
import { OperatorError } from '../support/errors.mts';
import { effectsOf, follows, runFrom, type Effect, type Scene } from './effects.mts';
import { describePower, tableOf, type Row } from './table.mts';

interface Limited extends Effect {
	/** Power that the station itself reports under the limit, kW. */
	afterKw: number;
}

/**
 * Runs the peak-hour workflow from both of its triggers, with cars that charge, and shows what each run did.
 * @returns whether the power of a station fell, no station exceeded its limit, and the power came back
 */
export async function showPeakHour(scene: Scene, workflow: Workflow): Promise<boolean> {
	const { begin, end } = triggersOf(workflow);
	const rows: Row[] = [];
	const failures: string[] = [];
	const limited: Limited[] = [];

	const peak = await effectsOf(scene.fleet, begin, () => runFrom(scene, workflow, begin));
	for (const effect of peak) {
		const { stationId, beforeKw } = effect;
		const { limitKw, set } = await limitAt(scene, stationId);
		const { proven, afterKw } = set
			? await follows(scene, stationId, (powerKw) => powerKw > 0 && powerKw <= limitKw)
			: { proven: false, afterKw: beforeKw };
		const now = `${describePower(beforeKw, afterKw)}\n${inWords({ limitKw, set })}`;
		rows.push({ done: begin, effect, now });
		if (proven) limited.push({ ...effect, afterKw });
		else {
			failures.push(
				set
					? `The power of ${stationId} is not under its limit of ${kilowatts(limitKw)}: it charges with ${afterKw} kW.`
					: `${stationId} has no limit: it charges with ${afterKw} kW.`,
			);
		}
	}
	const fallen = limited.filter(({ beforeKw, afterKw }) => afterKw < beforeKw);
	if (fallen.length === 0) failures.push('The power of no station fell.');

	const after = await effectsOf(scene.fleet, end, () => runFrom(scene, workflow, end));
	for (const effect of after) {
		const { stationId, beforeKw } = effect;
		const before = fallen.find((station) => station.stationId === stationId);
		const { proven, afterKw } = await follows(
			scene,
			stationId,
			(powerKw) => before === undefined || powerKw > before.afterKw,
		);
		const limit = await limitAt(scene, stationId);
		rows.push({
			done: end,
			effect,
			now: `${describePower(beforeKw, afterKw)}\n${inWords(limit)}`,
		});
		if (!proven) failures.push(`The power of ${stationId} did not come back: ${afterKw} kW.`);
		if (limit.set) failures.push(`${stationId} still has a limit: ${kilowatts(limit.limitKw)}.`);
	}

	console.log(`\n${tableOf(rows)}\n`);
	for (const failure of failures) console.error(failure);
	if (failures.length > 0) return false;
	const names = fallen.map(
		({ stationId, beforeKw, afterKw }) => `${stationId}: ${describePower(beforeKw, afterKw)}`,
	);
	console.log(`The power fell (${names.join('; ')}) and came back.`);
	return true;
}

const kilowatts = (kw: number) => `${Number(kw.toFixed(1))} kW`;

interface StationLimit {
	/** What the station may draw now. */
	limitKw: number;
	/** Whether it stores a limit. */
	set: boolean;
}

const inWords = ({ limitKw, set }: StationLimit) =>
	set ? `limit ${kilowatts(limitKw)}` : 'no limit';

async function limitAt({ fleet }: Scene, stationId: string): Promise<StationLimit> {
	const { limitW, profiles } = await fleet.station(stationId);
	return { limitKw: limitW / 1000, set: profiles.length > 0 };
}

/** The workflow's two daily triggers: the earlier one limits, the later one clears. */
function triggersOf({ name, nodes }: Workflow): { begin: string; end: string } {
	const daily = nodes
		.filter(({ type }) => type === 'n8n-nodes-base.scheduleTrigger')
		.sort((one, other) => hourOf(one) - hourOf(other));
	if (daily.length !== 2) throw new OperatorError(`"${name}" has not two daily triggers.`);
	return { begin: daily[0].name, end: daily[1].name };
}

function hourOf({ parameters }: INode): number {
	const { interval } = parameters.rule as { interval: Array<{ triggerAtHour?: number }> };
	return interval[0].triggerAtHour ?? 0;
}
