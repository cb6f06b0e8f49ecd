import type { Services } from '../demo/services.mts';
import type { Workflow } from '../n8nClient.mts';
import { messageOf, OperatorError } from '../support/errors.mts';
import type { Scene } from './effects.mts';
import { showPayment } from './payment.mts';
import { showPeakHour } from './peakHour.mts';
import { showSchedule } from './schedule.mts';

/**
 * Runs each flow that the package promises, and shows what it did at the stations.
 * @param workflows the imported examples by file name without extension
 * @returns the exit code: 0 only if each flow is proven at a station
 */
export async function showFlows(
	scene: Scene,
	workflows: ReadonlyMap<string, Workflow>,
	services: Services,
): Promise<number> {
	const workflow = (file: string): Workflow => {
		const found = workflows.get(file);
		if (found === undefined) throw new OperatorError(`workflows/${file}.json is missing.`);
		return found;
	};
	const flows: Array<[string, () => Promise<boolean>]> = [
		['A power limit at 17:00', () => showPeakHour(scene, workflow('peak-hour-limit'))],
		['A payment starts charging', () => showPayment(scene, services)],
		[
			'Limits by electricity prices, on the charger',
			() => showSchedule(scene, workflow('price-driven-charging'), 'prices'),
		],
		[
			'Limits by tariff hours, on the charger',
			() => showSchedule(scene, workflow('weekday-tariff-schedule'), 'week'),
		],
	];
	const outcomes: string[] = [];
	let failed = 0;
	for (const [title, show] of flows) {
		console.log(`\n${title}`);
		const proven = await show().catch((error: unknown) => {
			scene.signal.throwIfAborted();
			console.error(messageOf(error));
			return false;
		});
		outcomes.push(`  ${proven ? 'proven    ' : 'NOT proven'}  ${title}`);
		if (!proven) failed++;
	}
	console.log(`\n${outcomes.join('\n')}`);
	return failed === 0 ? 0 : 1;
}
