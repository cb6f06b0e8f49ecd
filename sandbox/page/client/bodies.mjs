// The bodies of a request and of its OCPP messages, which are fetched when they are opened.
import { h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { signal } from '@preact/signals';
import htm from 'htm';

const html = htm.bind(h);

const open = signal(new Set());

export const isOpen = (id) => open.value.has(id);

export function toggle(id) {
	const next = new Set(open.value);
	if (!next.delete(id)) next.add(id);
	open.value = next;
}

async function load({ request, messages }) {
	const path = request ? `requests/${request.id}` : `messages/${messages[0].messageId}`;
	const answer = await fetch(`/control/${path}`);
	const body = await answer.json();
	if (!answer.ok) return { problem: body.message };
	return request ? { request: body, messages: body.messages } : { messages: [body] };
}

/** @param value JSON, or undefined: nothing is shown */
function Body({ title, value }) {
	if (value === undefined) return null;
	const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
	return html`
		<h3>${title}</h3>
		<pre tabindex="0" role="region" aria-label=${title}>${text}</pre>
	`;
}

const isEmpty = (value) => value === undefined || Object.keys(value).length === 0;

/** @param id of the exchange @param exchange a request with its messages, or a message without one */
export function Bodies({ id, exchange }) {
	const [loaded, setLoaded] = useState({ messages: [] });
	// What is pending is loaded again when it has been answered.
	const state = [exchange.request, ...exchange.messages].map((one) => one?.durationMs).join();
	useEffect(() => {
		load(exchange).then(setLoaded, () =>
			setLoaded({ messages: [], problem: 'It cannot be read.' }),
		);
	}, [id, state]);
	const { request, messages = [], problem } = loaded;
	return html`
		<tr class="bodies">
			<td colspan="6">
				${problem}
				<div>
					<div>
						${request &&
						html`
							<${Body} title="Query" value=${isEmpty(request.query) ? undefined : request.query} />
							<${Body} title="Request" value=${isEmpty(request.body) ? undefined : request.body} />
							<${Body} title=${`Answer ${request.status ?? ''}`} value=${request.answer} />
						`}
					</div>
					<div>
						${messages.map(
							({ stationId, action, payload, answer, error }) => html`
								<${Body} title=${`${action}, ${stationId}`} value=${payload} />
								<${Body} title=${`Answer to ${action}, ${stationId}`} value=${answer ?? error} />
							`,
						)}
					</div>
				</div>
			</td>
		</tr>
	`;
}
