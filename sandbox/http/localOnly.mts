import type { RequestHandler } from 'express';
import { HttpError } from './httpError.mts';

const LOCAL_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Refuses what a page of another site can make a browser send, for parts that need no token: another Host (a name of that site
 * that leads to this computer), another Origin, and bodies that are not JSON, which a form can send without asking.
 */
export const localOnly: RequestHandler = (request, _response, next) => {
	const { host = '', origin } = request.headers;
	if (!LOCAL_NAMES.includes(host.replace(/:\d+$/, '').toLowerCase())) {
		throw new HttpError(
			403,
			`The host is "${host}": use ${LOCAL_NAMES.slice(0, 2).join(' or ')} as the sandbox's address.`,
		);
	}
	if (origin !== undefined && origin !== `http://${host}`) {
		throw new HttpError(403, `Pages of ${origin} may not use the sandbox's control API.`);
	}
	const isEmpty = request.headers['content-length'] === '0';
	if (!isEmpty && request.is('json') === false) {
		throw new HttpError(
			415,
			`The body must be JSON (Content-Type: application/json), not ${request.headers['content-type'] ?? 'of an unknown type'}.`,
		);
	}
	next();
};
