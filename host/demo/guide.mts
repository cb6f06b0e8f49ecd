import type { Workflow } from '../n8nClient.mts';

/** For each example workflow, by file name without extension: what to click and what to see, a line each. */
const EXAMPLES: Record<string, string> = {
	'peak-hour-limit':
		'Click "Execute workflow" from "At 17:00". Stations: power falls to the limit. From "At 20:00" it comes back.',
	'weekday-tariff-schedule':
		'Click "Execute workflow", then open Preview: the week’s limits as a chart. The charger keeps them by itself.',
	'price-driven-charging':
		'Click "Execute workflow", then open Build From Prices. Stations: limits follow the prices.',
	'payment-starts-transaction':
		'Is published. Pay in the Shop: power rises there. Send the webhook again: nothing starts twice.',
	'session-receipt':
		'Is published. Unplug a charging car in the Shop: its receipt is in the Inbox within a minute.',
};

/** Where each example workflow is, what to click, and what to see. */
export const guide = (n8nUrl: string, workflows: ReadonlyMap<string, Workflow>): string =>
	[...workflows]
		.map(([file, { id, name }]) => {
			const title = `  ${name}: ${n8nUrl}/workflow/${id}`;
			const line = EXAMPLES[file];
			return line === undefined ? title : `${title}\n                ${line}`;
		})
		.join('\n');
