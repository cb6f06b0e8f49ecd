import { useSite } from '../support/site.mts';

const site = useSite();

/** Reads the stream of samples until it holds some samples, or one with a certain ID. */
async function readSamples(enough: (ids: number[]) => boolean, lastEventId?: number) {
	const answer = await fetch(new URL('/page/samples', site.page), {
		headers: lastEventId === undefined ? {} : { 'Last-Event-ID': String(lastEventId) },
	});
	expect(answer.headers.get('content-type')).toContain('text/event-stream');
	const decoder = new TextDecoder();
	let text = '';
	for await (const chunk of answer.body!) {
		text += decoder.decode(chunk as Uint8Array, { stream: true });
		const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
		// Leaving the loop ends the request.
		if (enough(ids)) return ids;
	}
	throw new Error('The stream ended.');
}

it('gives a page that connects again the samples that it missed', async () => {
	const [first, second] = await readSamples((ids) => ids.length >= 2);
	expect(second).toBe(first + 1);
	const later = await readSamples((ids) => ids.length >= 3, first);
	expect(later.slice(0, 3)).toEqual([first + 1, first + 2, first + 3]);
});

it('sends all samples to a page that knows samples of a former sandbox', async () => {
	const all = await readSamples((ids) => ids.length >= 2);
	const [first] = await readSamples((ids) => ids.length > 0, 1_000_000);
	expect(first).toBe(all[0]);
});

it.each(['/', '/page/main.mjs', '/page/libraries/preact.mjs', '/page/libraries/uPlot.css'])(
	'serves %s',
	async (path) => {
		expect((await fetch(new URL(path, site.page))).status).toBe(200);
	},
);

it.each(['/page/libraries/express', '/page/../sandbox.mts', '/page/libraries/__proto__'])(
	'serves no other files: %s',
	async (path) => {
		expect((await fetch(new URL(path, site.page))).status).toBe(404);
	},
);
