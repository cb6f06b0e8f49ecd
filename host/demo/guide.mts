import type { Workflow } from '../n8nClient.mts';

/** For each example workflow, by file name without extension: what to click and what to see, a line each. */
const EXAMPLES: Record<string, string> = {
	'peak-hour-limit':
		'Click "Execute workflow" from "At 17:00". Stations: power falls, on DC a little under the limit, which counts before the conversion from AC. From "At 20:00" it comes back.',
	'weekday-tariff-schedule':
		'Click "Execute workflow". Preview: a chart of the week. The station keeps the hours by itself.',
	'rebuild-tariff-schedule':
		'Click "Execute workflow". Change the hours in Build Schedule, and click again. Set: the wallboxes have the new hours. Clear Left-Overs: what was cleared.',
	'price-driven-charging':
		'Click "Execute workflow". Build From Prices: limits by today’s and tomorrow’s prices. Stations: they follow.',
	'payment-starts-transaction':
		'Is published: pay in the Shop. Power rises there. Send the webhook again: nothing starts twice.',
	'session-receipt':
		'Click "Execute workflow". Inbox: the receipt. It is published, too: unplug a car in the Shop, and wait a minute.',
};

/** Where each imported workflow is, what to click, and what to see. */
export const guide = (n8nUrl: string, workflows: ReadonlyMap<string, Workflow>): string =>
	[...workflows]
		.map(([file, { id, name }]) => {
			const title = `  ${name}: ${n8nUrl}/workflow/${id}`;
			const line = EXAMPLES[file];
			return line === undefined ? title : `${title}\n                ${line}`;
		})
		.join('\n');
