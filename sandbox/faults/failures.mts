import type { Request, Response } from 'express';
import { STATUS_CODES } from 'node:http';
import { HttpError } from '../http/httpError.mts';
import type { Fault } from './fault.mts';

/** Sends the answer of the API. */
export type SendAnswer = () => void;

/** What the published API says about a 401, which covers a missing permission. */
const NO_PERMISSION =
	'Authorization: Bearer header is missing, invalid, expired, or user has no permission';

/** Whether the client gets something else than the API’s answer. */
export const isFailure = ({ answer, status }: Fault): boolean =>
	answer !== undefined || status !== undefined;

/** Lets a request fail as the fault says. @param sendAnswer sends the real answer, of which `cutOff` needs a part */
export function fail(
	{ answer, status, headers, body }: Fault,
	request: Request,
	response: Response,
	sendAnswer?: SendAnswer,
): void {
	switch (answer) {
		case 'none':
			return;
		case 'reset':
			request.socket.resetAndDestroy();
			return;
		case 'cutOff':
			cutOff(response);
			sendAnswer?.();
			return;
		case 'htmlPage':
			response.status(status ?? 502).type('html');
			response.send(gatewayPage(response.statusCode));
			return;
		case 'noPermission':
			response.status(status ?? 403);
			response.json(new HttpError(response.statusCode, NO_PERMISSION));
			return;
		case undefined:
			response.removeHeader('Content-Type');
			response.status(status ?? 500).set(headers ?? {});
			response.send(body);
	}
}

/** Answers 429. @param wait Retry-After */
export function refuseForNow(response: Response, wait: string): void {
	const refusal = new HttpError(429, 'There are too many requests: come again later.');
	response.status(refusal.status).set('Retry-After', wait).json(refusal);
}

/** Lets the connection end after the headers and the first half of the body. */
function cutOff(response: Response): void {
	response.end = ((body: string | Buffer) => {
		const whole = Buffer.from(body as string);
		response.write(whole.subarray(0, Math.floor(whole.length / 2)), () =>
			response.socket?.destroy(),
		);
		return response;
	}) as Response['end'];
}

/** The page of a gateway that gets no answer from the API behind it. */
function gatewayPage(status: number): string {
	const title = `${status} ${STATUS_CODES[status] ?? 'Error'}`;
	return `<html>
<head><title>${title}</title></head>
<body>
<center><h1>${title}</h1></center>
<hr><center>nginx</center>
</body>
</html>
`;
}
