import type { INodeTypeDescription } from 'n8n-workflow';

const BUILDING =
	'<b>While you build your workflow</b>, click the button to fetch the latest real events, one of each kind in Trigger On. Nothing is used up: they do not start the published workflow, and fetching again shows them again.';

const WORKING =
	'n8n asks ChargEye at each poll time, and the workflow runs once for all new events, with one item for each. These runs are in the <a data-key="executions">executions list</a>, not in the editor.';

/** What n8n’s editor says around a trigger that polls; its own texts speak of one invented event. */
export const panel: Pick<
	INodeTypeDescription,
	'triggerPanel' | 'eventTriggerDescription' | 'activationMessage'
> = {
	// Beside the form.
	triggerPanel: {
		header: 'Fetch the latest events from ChargEye',
		activationHint: {
			inactive: 'Publish the workflow, and each new event is reported once, at the next poll.',
			active: 'Each new event is reported once, at the next poll. Those runs do not show up here.',
		},
		executionsHelp: {
			inactive: `${BUILDING}<br /><br /><b>Once it is published</b>, ${WORKING}`,
			active: `${BUILDING}<br /><br /><b>Now that it is published</b>, ${WORKING}`,
		},
	},
	// On the canvas, while the events for a test are fetched.
	eventTriggerDescription: 'Looking for the latest events in ChargEye',
	// After publishing.
	activationMessage:
		'n8n now asks ChargEye at each poll time, and this workflow runs when there are new events, each reported once.',
};
