import { welcome } from '../../../../host/demo/guide.mts';

it('prints the page to watch the stations on first, and what to click in each workflow', () => {
	const text = welcome({
		n8n: {
			url: 'http://localhost:5678',
			owner: { email: 'owner@example.com', password: 'a password' },
		} as Parameters<typeof welcome>[0]['n8n'],
		sandbox: {
			page: 'http://127.0.0.1:4010/',
			control: 'http://127.0.0.1:4010/control',
			rest: 'http://127.0.0.1:4010/api',
			ocpp: 'ws://127.0.0.1:4011',
		},
		services: { inboxUrl: 'http://127.0.0.1:4020/inbox', shopUrl: 'http://127.0.0.1:4020/shop' },
		workflows: new Map([['peak-hour-limit', { id: 'abc', name: 'Peak hour limit' }]]),
		credentialName: 'ChargEye (sandbox)',
	});
	const [first] = text.match(/(https?|ws):\S+/)!;
	expect(first).toBe('http://127.0.0.1:4010/');
	for (const shown of ['/inbox', '/shop', 'owner@example.com', 'a password', '/control/messages']) {
		expect(text).toContain(shown);
	}
	expect(text).toMatch(/Peak hour limit: http:\/\/localhost:5678\/workflow\/abc\n.*At 17:00/);
});
