import type { Workflow } from '../n8nClient.mts';
import { OperatorError } from '../support/errors.mts';
import { effectsOf, runFrom, type Effect, type Scene } from './effects.mts';
import { describeAnswer, limitsSent, tableOf, type Row } from './table.mts';

const TRIGGERS = ['n8n-nodes-base.manualTrigger', 'n8n-nodes-base.scheduleTrigger'];

/** Both cover the next day: tariff hours recur each week, prices end tomorrow. */
const SECONDS_AHEAD = { week: 7 * 24 * 3600, prices: 24 * 3600 };

/**
 * Runs a workflow that sends a schedule, and shows what each station makes of it: its own composite schedule.
 * @param ahead how far to look
 * @returns whether every station that it reached accepted the schedule and will change its limit as sent
 */
export async function showSchedule(
	scene: Scene,
	workflow: Workflow,
	ahead: keyof typeof SECONDS_AHEAD,
): Promise<boolean> {
	const trigger = TRIGGERS.flatMap((type) =>
		workflow.nodes.filter((node) => node.type === type),
	)[0];
	if (trigger === undefined) throw new OperatorError(`"${workflow.name}" has no trigger.`);
	const effects = await effectsOf(scene.fleet, `"${workflow.name}"`, () =>
		runFrom(scene, workflow, trigger.name),
	);
	const rows: Row[] = [];
	const failures: string[] = [];
	for (const effect of effects) {
		const { stationId } = effect;
		const kept = await limitsOf(scene, stationId, SECONDS_AHEAD[ahead]);
		rows.push({
			done: trigger.name,
			effect,
			now: `limits of the next ${ahead === 'week' ? 'week' : 'day'}:\n${kept.map((watts) => watts / 1000).join(', ')} kW`,
		});
		const failure = failureOf(effect, kept);
		if (failure !== undefined) failures.push(failure);
	}
	console.log(`\n${tableOf(rows)}\n`);
	for (const failure of failures) console.error(failure);
	if (failures.length > 0) return false;
	const stations = effects.map(({ stationId }) => stationId).join(' and ');
	console.log(`${stations} will follow the schedule without n8n.`);
	return true;
}

/** The different limits (W) of a station's first EVSE from now on, by its own composite schedule, highest first. */
async function limitsOf({ fleet }: Scene, stationId: string, duration: number): Promise<number[]> {
	const request = { evseId: 1, duration, chargingRateUnit: 'W' as const };
	const { chargingSchedulePeriod } = await fleet.compositeSchedule(stationId, request);
	const limits = new Set(chargingSchedulePeriod.map(({ limit }) => limit));
	return [...limits].sort((one, other) => other - one);
}

function failureOf({ stationId, messages }: Effect, kept: number[]): string | undefined {
	if (messages.length === 0) return `${stationId} received nothing.`;
	const refused = messages.find((message) => describeAnswer(message) !== 'Accepted');
	if (refused !== undefined) return `${stationId} answered ${describeAnswer(refused)}.`;
	const lowest = Math.min(...messages.flatMap((message) => limitsSent(message).limits));
	if (kept.length < 2) return `The limit of ${stationId} never changes.`;
	// Limits in watts; the highest may be above what the station can give.
	if (!kept.includes(lowest))
		return `${stationId} will never keep the limit of ${lowest / 1000} kW.`;
	return undefined;
}
