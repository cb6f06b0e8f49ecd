import express, { type Router } from 'express';
import { textBody } from './guard.mts';

/** A message that a workflow has sent. */
export interface Message {
	/** 1, 2, …, in the order of arrival. */
	id: number;
	/** RFC 3339, UTC. */
	receivedAt: string;
	/** Where it was sent, below the inbox's address, e.g. "/receipts". */
	path: string;
	/** The header Idempotency-Key. */
	key?: string;
	/** JSON is parsed; anything else is a text. */
	body: unknown;
}

/** Takes every message that workflows send, and shows them. */
export interface Inbox {
	/** GET: the page, GET /messages: the messages as JSON, POST to any path: a new message. */
	router: Router;
	/** The latest messages, newest first. */
	messages(): Message[];
	/** Forgets the messages. */
	forget(): void;
}

const MOST_MESSAGES = 100;

/** @param page shows the inbox's page */
export function createInbox(page: express.RequestHandler): Inbox {
	let messages: Message[] = [];
	let received = 0;
	const router = express.Router();
	router.get('/', page);
	router.get('/messages', (_request, response) => {
		response.json(messages);
	});
	router.post('/{*path}', textBody, (request, response) => {
		const key = request.get('idempotency-key');
		const known = messages.find((message) => key !== undefined && message.key === key);
		if (known !== undefined) {
			// A receiver drops what was sent again.
			response.json({ id: known.id, repeated: true });
			return;
		}
		const message: Message = {
			id: ++received,
			receivedAt: new Date().toISOString(),
			path: request.path,
			...(key !== undefined && { key }),
			body: readBody(request.body),
		};
		messages = [message, ...messages].slice(0, MOST_MESSAGES);
		response.status(201).json({ id: message.id });
	});
	return {
		router,
		messages: () => messages,
		forget: () => {
			messages = [];
		},
	};
}

function readBody(body: unknown): unknown {
	if (typeof body !== 'string') return '';
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return body;
	}
}
