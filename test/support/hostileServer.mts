/**
 * A server with bad answers, in a separate process so that its work does not block the event loop under test.
 * Each case has its own base URL, so that cases can run side by side.
 */
import type { ServerResponse } from 'node:http';

import { startServer, withBody } from '../../host/support/localServer.mts';
import type { HostileAnswer, HostileCase } from './hostileApi.mts';

const cases: Array<{ answers: HostileCase; paths: string[] }> = [];

/** The headers of an answer; a Retry-After in seconds from now becomes a date. */
const headersOf = ({ headers = {}, retryInSeconds }: HostileAnswer) => ({
	'Content-Type': 'application/json',
	...headers,
	...(retryInSeconds !== undefined && {
		'Retry-After': new Date(Date.now() + retryInSeconds * 1000).toUTCString(),
	}),
});

function give(answer: HostileAnswer, response: ServerResponse): void {
	const { status = 200, body = '', manner = 'whole' } = answer;
	switch (manner) {
		case 'whole':
			response.writeHead(status, headersOf(answer)).end(body);
			return;
		case 'reset':
			response.destroy();
			return;
		case 'silent':
			return;
		case 'drip': {
			response.writeHead(status, headersOf(answer));
			const drops = setInterval(() => response.write(' '), 1000);
			response.once('close', () => clearInterval(drops));
			return;
		}
		case 'cut off':
			response.writeHead(status, { ...headersOf(answer), 'Content-Length': body.length + 1000 });
			response.write(body, () => setTimeout(() => response.destroy(), 20));
	}
}

const { url: address } = await startServer(
	withBody((request, response, body) => {
		const { method, url = '/' } = request;
		if (method === 'POST' && url === '/cases') {
			const answers = JSON.parse(body) as HostileCase;
			response.end(String(cases.push({ answers, paths: [] }) - 1));
			return;
		}
		const [, number, path] = /^\/(\d+)(\/.*)$/.exec(url) ?? [];
		const chosen = cases[Number(number)];
		if (path === '/requests') {
			response.end(JSON.stringify(chosen.paths));
			return;
		}
		chosen.paths.push(`${method} ${path}`);
		give(chosen.answers.find(({ at }) => at === undefined || path.includes(at)) ?? {}, response);
	}),
);
process.stdout.write(`${address}\n`);
