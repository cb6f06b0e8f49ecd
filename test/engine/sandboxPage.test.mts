import type { Update } from '../../sandbox/page/feed.mts';
import { useSite } from '../support/site.mts';

const site = useSite();

const AC3 = 'OFFICE-AC-3';

interface Received extends Update {
	id: string;
}

/** Reads the stream of updates until there are enough. */
async function read(
	enough: (updates: Received[]) => boolean,
	{ query = '', lastId }: { query?: string; lastId?: string } = {},
): Promise<Received[]> {
	const answer = await fetch(new URL(`/page/updates?${query}`, site.page), {
		headers: lastId === undefined ? {} : { 'Last-Event-ID': lastId },
	});
	expect(answer.headers.get('content-type')).toContain('text/event-stream');
	const decoder = new TextDecoder();
	let text = '';
	for await (const chunk of answer.body!) {
		text += decoder.decode(chunk as Uint8Array, { stream: true });
		const updates = [...text.matchAll(/^id: (.+)\ndata: (.+)\n\n/gm)].map(([, id, data]) => ({
			...(JSON.parse(data) as Update),
			id,
		}));
		// Leaving the loop ends the request.
		if (enough(updates)) return updates;
	}
	throw new Error('The stream ended.');
}
const first = async (options?: Parameters<typeof read>[1]) =>
	(await read((updates) => updates.length > 0, options))[0];
const setLimit = (acMaxPowerKw: number) =>
	site.restClient.put(`/chargingStations/${AC3}/powerLimit`, { limit: { acMaxPowerKw } });

it('tells a new page about all stations, and then only what changes', async () => {
	const [all, next] = await read((updates) => updates.length >= 2);
	expect(all.stations).toHaveLength(3);
	expect(all.summaries).toHaveLength(3);
	expect(next).toMatchObject({ summaries: [], details: [], requests: [], messages: [] });
	expect(next.stations).toBeUndefined();
});

it.each(['Last-Event-ID', 'after'])(
	'gives a page that connects again what it missed: %s',
	async (by) => {
		await setLimit(9);
		const { id } = await first();
		await setLimit(7);
		const missed = await first(by === 'after' ? { query: `after=${id}` } : { lastId: id });
		expect(missed.stations).toBeUndefined();
		expect(missed.summaries).toMatchObject([
			{ stationId: AC3, limitW: expect.closeTo(7000, -2) as number },
		]);
		expect(missed.requests).toMatchObject([{ method: 'PUT', status: 200 }]);
		expect(missed.messages).toMatchObject([
			{ action: 'SetChargingProfile', requestId: missed.requests[0].id, outcome: 'Accepted' },
		]);
	},
);

it('tells a page of a former run everything anew', async () => {
	const { id } = await first();
	await site.reset();
	expect((await first({ lastId: id })).stations).toHaveLength(3);
	expect((await first({ lastId: 'nonsense' })).stations).toHaveLength(3);
});

it('sends each change of power and limit once, and who set the limit', async () => {
	await setLimit(9);
	const updates = await read(
		(received) => {
			if (received.length === 1) void site.plugIn(AC3, 1);
			return received.some(
				({ details: [{ changes, isComplete }] }) => !isComplete && changes.length > 0,
			);
		},
		{ query: `station=${AC3}` },
	);
	const details = updates.map((update) => update.details[0]);
	expect(details[0]).toMatchObject({
		isComplete: true,
		limitedBy: {
			purpose: 'ChargingStationMaxProfile',
			profileId: 3000,
			stackLevel: 0,
			evseId: 0,
			isPowerLimit: true,
			until: null,
		},
	});
	expect(details.map(({ isComplete }) => isComplete)).toEqual(
		details.map((_, index) => index === 0),
	);
	const powers = details.flatMap(({ changes }) => changes.map(({ powerW }) => powerW));
	expect([...new Set(powers)]).toEqual([0, expect.closeTo(9000, -2)]);
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
