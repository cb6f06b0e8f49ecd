import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { messageOf } from '../support/errors.mts';

const HEADERS = {
	'Content-Security-Policy':
		"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	'X-Content-Type-Options': 'nosniff',
	'Referrer-Policy': 'no-referrer',
	'Cache-Control': 'no-store',
};

/**
 * Lets only this machine's own pages and programs in: another website that is open in the same browser could otherwise
 * read the pages (by a name that resolves to 127.0.0.1) or send requests to them.
 */
export const onlyFromHere: RequestHandler = (request, response, next) => {
	response.set(HEADERS);
	const host = request.headers.host ?? '';
	const port = request.socket.localPort;
	if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
		response.status(403).json({ message: `Open this page at http://127.0.0.1:${port}.` });
		return;
	}
	const { origin } = request.headers;
	// Browsers name the page that sends a request; n8n and other programs do not.
	if (origin !== undefined && origin !== `http://${host}`) {
		response.status(403).json({ message: `Requests from pages of ${origin} are not accepted.` });
		return;
	}
	next();
};

const MOST_BYTES = '100kb';

/** A body of JSON, at most 100 kB. */
export const jsonBody = express.json({ limit: MOST_BYTES });

/** A body of any type, as text, at most 100 kB. */
export const textBody = express.text({ type: () => true, limit: MOST_BYTES });

/** What is wrong with a request, as the status and the text of an answer. */
export class Refusal extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

/** Answers a failed request with `{message}`. */
export const answerFailure: ErrorRequestHandler = (error: unknown, _request, response, next) => {
	if (response.headersSent) {
		next(error);
		return;
	}
	// Express's own parsers name the status of their errors.
	const known = error instanceof Error && 'status' in error ? Number(error.status) : 500;
	response.status(known).json({ message: messageOf(error) });
};
