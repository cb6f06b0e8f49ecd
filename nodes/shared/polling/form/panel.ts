import type { INodeTypeDescription } from 'n8n-workflow';

/** What n8n’s editor says around a trigger that polls; its own texts speak of an invented event, and of waiting. */
export const panel: Pick<
	INodeTypeDescription,
	'triggerPanel' | 'eventTriggerDescription' | 'activationMessage'
> = {
	// Beside the form.
	triggerPanel: {
		header: 'Fetch the latest events from ChargEye',
		activationHint: {
			inactive: 'Publish the workflow to have each new event reported once.',
			active: 'Each new event is reported once, but not here.',
		},
		executionsHelp:
			'<b>While you build</b>, the button fetches the latest real events, and uses none up.<br /><br /><b>Once published</b>, the workflow runs when a poll finds new events, with one item for each. Find these runs in the <a data-key="executions">executions list</a>.',
	},
	// On the canvas, while the events for a test are fetched.
	eventTriggerDescription: 'Looking for the latest events in ChargEye',
	// After publishing.
	activationMessage: 'Your workflow will now run when a poll of ChargEye finds new events.',
};
