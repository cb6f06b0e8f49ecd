// Faults of the API and scenarios: what is going on, and buttons to start and end it.
import { h } from 'preact';
import { useState } from 'preact/hooks';
import htm from 'htm';
import { act, faults, scenario, scenarios } from './laboratory.mjs';

const html = htm.bind(h);

/** The usual faults. */
const USUAL = {
	'Slow answers': { delayMs: 1000, spreadMs: 2000 },
	'503 page': { answer: 'htmlPage', status: 503 },
	'Too many requests': { rateLimit: { perSecond: 1, burst: 5 } },
	'No permission': { answer: 'noPermission' },
	'Connection breaks': { answer: 'reset' },
	'Answers get lost': { answer: 'reset', when: 'after' },
};

const ANSWERS = {
	reset: 'the connection breaks',
	none: 'no answer',
	cutOff: 'half of the answer',
	htmlPage: 'the page of a gateway',
	noPermission: 'no permission',
};

const count = (number, thing) => `${number} ${thing}${number === 1 ? '' : 's'}`;

const seconds = (ms) => `${ms / 1000} s`;

/** A fault in a few words. */
function inWords(fault) {
	const { operationId, probability = 1, times, delayMs = 0, spreadMs = 0 } = fault;
	const { answer, status, rateLimit, when } = fault;
	return [
		delayMs + spreadMs > 0 && `${seconds(delayMs)} to ${seconds(delayMs + spreadMs)} later`,
		rateLimit &&
			`at most ${count(rateLimit.perSecond, 'request')} a second, ${rateLimit.burst} at once`,
		answer && ANSWERS[answer],
		status,
		when === 'after' && 'after the effect',
		probability < 1 && `${Math.round(probability * 100)} % of the requests`,
		operationId && `only ${operationId}`,
		times && count(times, 'more time'),
	]
		.filter(Boolean)
		.join(', ');
}

function Faults() {
	return html`
		<section aria-labelledby="faults">
			<h2 id="faults">Faults</h2>
			<div class="buttons">
				${Object.entries(USUAL).map(
					([name, fault]) =>
						html`<button onClick=${() => act('POST', '/faults', fault)}>${name}</button>`,
				)}
				<button onClick=${() => act('DELETE', '/faults')}>Clear all faults</button>
			</div>
			<ul>
				${faults.value.map(
					(fault) => html`<li>${inWords(fault)}: ${count(fault.hits, 'request')} hit</li>`,
				)}
				${faults.value.length === 0 && html`<li>The API works as usual.</li>`}
			</ul>
		</section>
	`;
}

function Scenarios() {
	const [chosen, choose] = useState('');
	const [seed, setSeed] = useState('');
	const known = scenarios.value.find(({ name }) => name === chosen) ?? scenarios.value[0];
	const start = () =>
		act('POST', '/scenario', { name: known.name, ...(seed === '' ? {} : { seed: Number(seed) }) });
	return html`
		<section aria-labelledby="scenarios">
			<h2 id="scenarios">Scenarios</h2>
			<div class="buttons">
				<label>
					Scenario
					<select onChange=${({ target }) => choose(target.value)} value=${known?.name}>
						${scenarios.value.map(
							({ name, title }) => html`<option value=${name}>${title}</option>`,
						)}
					</select>
				</label>
				<label>
					Seed
					<input
						type="number"
						min="0"
						value=${seed}
						placeholder=${known?.seed}
						onInput=${({ target }) => setSeed(target.value)}
					/>
				</label>
				<button onClick=${start} disabled=${!known}>Start</button>
				${scenario.value?.state === 'running' &&
				html`<button onClick=${() => act('DELETE', '/scenario')}>Stop</button>`}
			</div>
			<p>${known?.description}</p>
			${scenario.value && html`<${Progress} scenario=${scenario.value} />`}
		</section>
	`;
}

function Progress({ scenario: { title, state, seed, steps } }) {
	const next = state === 'running' && steps.find(({ done }) => !done);
	const describe = ({ at, operation, stationId, evseId }) =>
		[`${at} ${operation}`, stationId, evseId && `EVSE ${evseId}`].filter(Boolean).join(', ');
	return html`
		<p role="status">
			${title}, seed ${seed}: ${state}, ${steps.filter(({ done }) => done).length} of${' '}
			${steps.length} steps${next ? `; next ${describe(next)}` : ''}
		</p>
		<ul>
			${steps
				.filter(({ problem }) => problem)
				.map((step) => html`<li>${describe(step)}: ${step.problem}</li>`)}
		</ul>
	`;
}

/** What is going on, for those who have not opened the panel. */
function summary() {
	return [
		'Faults and scenarios',
		faults.value.length > 0 && `${count(faults.value.length, 'fault')} in force`,
		scenario.value?.state === 'running' && `${scenario.value.title} is running`,
	]
		.filter(Boolean)
		.join(' · ');
}

export const Laboratory = () => html`
	<details class="laboratory">
		<summary>${summary()}</summary>
		<div>
			<${Scenarios} />
			<${Faults} />
		</div>
	</details>
`;
