import { fileURLToPath } from 'node:url';
import express, { type Router } from 'express';
import { localOnly } from '../http/localOnly.mts';
import type { Feed } from './feed.mts';

const CLIENT = fileURLToPath(new URL('./client', import.meta.url));

const ICON = fileURLToPath(new URL('../../icons/charging-station.svg', import.meta.url));

/** The libraries of the page, served as they are installed: the page needs no build. */
const LIBRARIES: Record<string, string> = {
	'preact.mjs': 'preact',
	'hooks.mjs': 'preact/hooks',
	'signals.mjs': '@preact/signals',
	'signals-core.mjs': '@preact/signals-core',
	'htm.mjs': 'htm',
	'uPlot.mjs': 'uplot/dist/uPlot.esm.js',
	'uPlot.css': 'uplot/dist/uPlot.min.css',
};

/** Everything comes from the sandbox, and no other page may show this one in a frame. */
const POLICY =
	"default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

/** The page to watch the stations on, and the stream of its data. */
export function page(feed: Feed): Router {
	const router = express.Router();
	router.use(localOnly, (_request, response, next) => {
		response.set('Content-Security-Policy', POLICY);
		next();
	});
	router.get('/page/libraries/:file', (request, response, next) => {
		const { file } = request.params;
		if (!Object.hasOwn(LIBRARIES, file)) return next();
		response.sendFile(fileURLToPath(import.meta.resolve(LIBRARIES[file])));
	});
	router.get('/page/updates', (request, response) => {
		response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
		response.flushHeaders();
		// Browsers send the ID of the last event that they received when they connect again by themselves.
		const { after, station } = request.query;
		const stop = feed.follow({
			lastId: request.get('Last-Event-ID') ?? [after].flat().map(String)[0],
			stationIds: [station ?? []].flat().map(String),
			send: (id, update) => response.write(`id: ${id}\ndata: ${JSON.stringify(update)}\n\n`),
		});
		response.once('close', stop);
	});
	router.get('/page/icon.svg', (_request, response) => response.sendFile(ICON));
	router.use('/page', express.static(CLIENT, { index: false }));
	router.get('/', (_request, response) => response.sendFile('index.html', { root: CLIENT }));
	return router;
}
