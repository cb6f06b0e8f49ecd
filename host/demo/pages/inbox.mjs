import { element, follow, listIn, setText, timeOfDay } from './common.mjs';

const empty = document.querySelector('#empty');

/** A value as a person reads it. */
const textOf = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** The fields of a message, its text first. */
function contentOf(body) {
	if (typeof body !== 'object' || body === null)
		return [element('dd', { textContent: textOf(body) })];
	const { text, ...fields } = body;
	const lines = Object.entries(fields).flatMap(([name, value]) => [
		element('dt', { textContent: name }),
		element('dd', { textContent: textOf(value) }),
	]);
	return [
		...(text === undefined
			? []
			: [element('dd', { className: 'text', textContent: textOf(text) })]),
		element('dl', {}, ...lines),
	];
}

const showMessages = listIn(
	document.querySelector('#messages'),
	({ id }) => id,
	({ path, receivedAt, body }) => ({
		element: element(
			'article',
			{ className: 'card' },
			element(
				'div',
				{ className: 'head' },
				element('h3', { textContent: path }),
				element('time', {
					className: 'muted',
					dateTime: receivedAt,
					textContent: timeOfDay(receivedAt),
				}),
			),
			...contentOf(body),
		),
		update() {},
	}),
);

void follow(['/inbox/messages'], (messages) => {
	empty.hidden = messages.length > 0;
	showMessages(messages);
	setText(document.querySelector('title'), `Inbox (${messages.length})`);
});
