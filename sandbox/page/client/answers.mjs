// How a station answers commands: as usual, or with a scripted answer.
import { h } from 'preact';
import { useState } from 'preact/hooks';
import htm from 'htm';
import { control, stationPath } from './control.mjs';

const html = htm.bind(h);

const COMMANDS = [
	'SetChargingProfile',
	'ClearChargingProfile',
	'ChangeAvailability',
	'Reset',
	'RequestStartTransaction',
	'RequestStopTransaction',
];

const BEHAVIOURS = {
	usual: 'as usual',
	refuse: 'with a refusal',
	ignore: 'with Accepted, and does nothing',
	stall: 'never',
	error: 'with an error',
};

const SCHEDULED = { schedule: 'with Scheduled, and does nothing' };

const options = (texts) =>
	Object.entries(texts).map(([value, text]) => html`<option value=${value}>${text}</option>`);

/** @param answers the scripted answers in force */
export function Answers({ stationId, answers }) {
	const [action, setAction] = useState('');
	const of = (command) => answers.find((answer) => answer.action === command)?.behaviour ?? 'usual';
	const behaviours = new Set((action === '' ? COMMANDS : [action]).map(of));
	const behaviour = behaviours.size === 1 ? [...behaviours][0] : 'various';
	const canSchedule = ['ChangeAvailability', 'Reset'].includes(action);
	const change = ({ target }) =>
		control('POST', `${stationPath(stationId)}/answers`, {
			behaviour: target.value,
			...(action !== '' && { action }),
		});
	return html`
		<label>
			Answers
			<select
				value=${action}
				onChange=${({ target }) => setAction(target.value)}
				aria-label=${`Which commands to ${stationId}`}
			>
				<option value="">all commands</option>
				${COMMANDS.map((command) => html`<option value=${command}>${command}</option>`)}
			</select>
		</label>
		<select value=${behaviour} onChange=${change} aria-label=${`How ${stationId} answers commands`}>
			${options(BEHAVIOURS)} ${canSchedule && options(SCHEDULED)}
			${behaviour === 'various' && html`<option value="various" disabled>in various ways</option>`}
		</select>
	`;
}
