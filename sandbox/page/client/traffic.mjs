// The last requests to the REST API and the last OCPP messages, without bodies.
import { signal } from '@preact/signals';

const SHOWN = 200;

/** Requests with the messages that each caused, and the messages that none caused; newest first. */
export const exchanges = signal([]);

const requests = new Map();
const messages = new Map();

/** @param news requests and messages that are new or have changed; with `stations` whatever was known is forgotten */
export function receiveTraffic(news) {
	if (news.stations) {
		requests.clear();
		messages.clear();
		exchanges.value = [];
	}
	if (news.requests.length + news.messages.length === 0) return;
	for (const request of news.requests) requests.set(request.id, request);
	for (const message of news.messages) messages.set(message.messageId, message);
	exchanges.value = newestFirst();
}

function newestFirst() {
	const shown = [...requests.values()].sort((a, b) => b.id - a.id).slice(0, SHOWN);
	const caused = new Map(shown.map(({ id }) => [id, []]));
	const others = [];
	for (const message of messages.values()) {
		if (message.requestId === undefined) others.push(message);
		else caused.get(message.requestId)?.push(message);
	}
	others.sort(latestFirst).splice(SHOWN);
	keepOnly(requests, shown, 'id');
	keepOnly(messages, [...caused.values(), others].flat(), 'messageId');
	return [
		...shown.map((request) => ({ ...request, request, messages: caused.get(request.id) })),
		...others.map((message) => ({ ...message, messages: [message] })),
	].sort(latestFirst);
}

const latestFirst = (a, b) => b.realTime - a.realTime;

function keepOnly(map, entries, id) {
	map.clear();
	for (const entry of entries) map.set(entry[id], entry);
}
