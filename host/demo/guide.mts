import type { RunningN8n } from '../n8n.mts';
import type { RunningSandbox } from '../sandbox.mts';
import type { Workflow } from '../n8nClient.mts';

/** For each example workflow, by file name without extension: what to click and what to see, a line each. */
const EXAMPLES: Record<string, string> = {
	'agent-asks-first':
		'Click "Open chat", write: Limit DEPOT-DC-1 to 50 kW. The agent asks; click "Approve". Stations: power falls.',
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
	'payments-left-open':
		'Is published: it runs each minute. Pay in the Shop, stop the run under Executions before it has ended, and after three minutes the car charges, or the money is back.',
	'grid-emergency':
		'Click "Execute workflow" from "By Hand". Stations: the power of the head office falls under 10 kW, and comes back after five minutes. Inbox: what each station answered.',
	'fleet-ready-by-departure':
		'Click "Execute workflow". Build From Prices: the hours in which the truck charges, until 07:00. Inbox: the van is not plugged in. At half time the run goes on by itself.',
	'monthly-report':
		'Click "Execute workflow" from "By Hand". Inbox: the report of the last 30 days, with bars. Files: the table and the chart, as files.',
	'stuck-station':
		'Stations: click "Break" at a connector without a car. Click "Execute workflow" from "By Hand". Restart: what the charger answered. After five minutes the inbox says that it is still faulted; "Repair" it before, and nothing comes.',
	overstay:
		'Click "Execute workflow". Inbox: the driver of the car at the wallbox that waits. Half an hour later, if it is still there: the office.',
	'session-receipt':
		'Click "Execute workflow". Inbox: the receipt. It is published, too: unplug a car in the Shop, and wait a minute.',
};

/** What runs after npm start. */
export interface Running {
	n8n: Pick<RunningN8n, 'url' | 'owner'>;
	sandbox: Pick<RunningSandbox, 'page' | 'control' | 'ocpp' | 'rest'>;
	services: { inboxUrl: string; shopUrl: string };
	/** The imported workflows, by file name without extension. */
	workflows: ReadonlyMap<string, Pick<Workflow, 'id' | 'name'>>;
	credentialName: string;
}

/** What npm start prints when everything runs: what to open, what to click, and what to see. */
export const welcome = ({ n8n, sandbox, services, workflows, credentialName }: Running): string => `
Watch the stations
  Stations      ${sandbox.page}
                What each simulated station draws, live, against its limit, who set the limit, and which requests
                and OCPP messages came of your clicks.

Sign in to n8n
  n8n           ${n8n.url}
  sign in with  ${n8n.owner.email}
  password      ${n8n.owner.password}

Other pages to keep open
  Inbox         ${services.inboxUrl}
                What the workflows send.
  Shop          ${services.shopUrl}
                Pay € 5, and the wallbox starts.

Workflows
${guide(n8n.url, workflows)}

For a closer look
  OCPP          ${sandbox.control}/messages
                The OCPP 2.0.1 messages that went to and from the stations (${sandbox.ocpp}).
  ChargEye API  ${sandbox.rest}
                The credential "${credentialName}" signs in to it.

This n8n and its data are temporary: export what you want to keep. Ctrl-C stops everything.`;

/** Where each imported workflow is, what to click, and what to see. */
export const guide = (n8nUrl: string, workflows: Running['workflows']): string =>
	[...workflows]
		.map(([file, { id, name }]) => {
			const title = `  ${name}: ${n8nUrl}/workflow/${id}`;
			const line = EXAMPLES[file];
			return line === undefined ? title : `${title}\n                ${line}`;
		})
		.join('\n');
