import { useSite } from '../support/site.mts';

const AC1 = 'OFFICE-AC-1';
const AC3 = 'OFFICE-AC-3';

const site = useSite(['--answer-timeout', '1']);

const setLimit = (stationId: string, acMaxPowerKw: number) =>
	site.restClient.put(`/chargingStations/${stationId}/powerLimit`, { limit: { acMaxPowerKw } });

it('tells which OCPP messages a request caused, with durations and answers', async () => {
	await setLimit(AC3, 9);
	const [{ id }] = await site.requests();
	const { messages, ...request } = await site.request(id);
	expect(request).toMatchObject({
		method: 'PUT',
		body: { limit: { acMaxPowerKw: 9 } },
		status: 200,
		answer: { response: 'Accepted' },
		durationMs: expect.any(Number) as number,
	});
	expect(messages).toMatchObject([
		{
			stationId: AC3,
			action: 'SetChargingProfile',
			direction: 'received',
			answer: { status: 'Accepted' },
			durationMs: expect.any(Number) as number,
		},
	]);
	expect(messages[0].durationMs).toBeLessThanOrEqual(request.durationMs!);
	// Both times are the simulated one.
	expect(Date.parse(messages[0].time)).toBeGreaterThanOrEqual(Date.parse(request.time));
});

it('keeps apart what parallel requests cause at one station', async () => {
	const limits = [5, 6, 7, 8];
	await Promise.all(limits.map((limit) => setLimit(AC3, limit)));
	const requests = await site.requests();
	const caused = await Promise.all(requests.map(({ id }) => site.request(id)));
	const limitOf = (payload: object) => JSON.stringify(payload).match(/"limit":(\d+)/)?.[1];
	expect(
		caused.map(({ body, messages }) => [
			(body as { limit: { acMaxPowerKw: number } }).limit.acMaxPowerKw * 1000,
			...messages.map(({ payload }) => Number(limitOf(payload))),
		]),
	).toEqual(limits.map((limit) => [limit * 1000, limit * 1000]));
});

it('blames no request for what stations send by themselves', async () => {
	await setLimit(AC1, 5);
	await site.plugIn(AC1, 1);
	const messages = await site.messages(AC1);
	const byThemselves = messages.filter(({ requestId }) => requestId === undefined);
	expect(new Set(byThemselves.map(({ action }) => action))).toEqual(
		new Set([
			'BootNotification',
			'StatusNotification',
			'GetVariables',
			'Authorize',
			'TransactionEvent',
		]),
	);
	expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(messages.length);
});

it('says that a station did not answer', async () => {
	await site.script(AC3, { action: 'SetChargingProfile', behaviour: 'stall' });
	await setLimit(AC3, 9);
	const [{ id }] = await site.requests();
	expect((await site.request(id)).messages).toMatchObject([
		{ action: 'SetChargingProfile', error: { code: 'NoAnswer' } },
	]);
});

it('shows no token in answers, and cuts long ones', async () => {
	const answer = await site.restClient.get('/auth/refreshAccessToken', {
		headers: { Authorization: `Bearer ${site.refreshToken}` },
	});
	expect(answer.status).toBe(200);
	await site.fault({ status: 503, body: 'x'.repeat(30_000) });
	await setLimit(AC1, 5);
	const [renewal, failure] = await site.requests();
	expect(renewal.answer).toMatchObject({ token: '(token)' });
	expect(failure.answer).toBe(`${'x'.repeat(20_000)} … (30000 characters)`);
});

it('says that a request or a message is no longer logged', async () => {
	await expect(site.request(4711)).rejects.toThrow('There is no request 4711, or no longer.');
});
