import { inTurn } from '../../../../nodes/shared/polling/turns.ts';

let now = Date.UTC(2026, 2, 1);
beforeAll(() => {
	jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterAll(() => jest.restoreAllMocks());

let nodes = 0;
let node: string;
beforeEach(() => {
	node = `workflow:node-${++nodes}`;
});

interface State {
	stations: Record<string, string>;
}
const first: State = { stations: {} };
const second: State = { stations: { S: 'x' } };
const result = (state: State) => ({ events: [], state });
const to = (state: State) => () => Promise.resolve(result(state));

/** A poll that ends when `finish` is called. */
function slowPoll() {
	let finish!: (state: State) => void;
	const poll = () =>
		new Promise<ReturnType<typeof result>>((resolve) => {
			finish = (state) => resolve(result(state));
		});
	return { poll, finish: (state: State) => finish(state) };
}

describe('inTurn', () => {
	it('runs polls one after another, each with its own result', async () => {
		expect(await inTurn(node, first, to(second))).toEqual(result(second));
		expect(await inTurn(node, second, to(second))).toEqual(result(second));
		expect(await inTurn(node, second, to(first))).toEqual(result(first));
	});

	it('runs the polls of another node at the same time', async () => {
		const slow = slowPoll();
		const waiting = inTurn(node, first, slow.poll);
		expect(await inTurn(`${node}, another`, first, to(second))).toEqual(result(second));
		slow.finish(second);
		await waiting;
	});

	it('runs no poll while another is under way, but one after it has failed', async () => {
		const failing = inTurn(node, first, () => Promise.reject(new Error('The API fails')));
		expect(await inTurn(node, first, to(second))).toBeUndefined();
		await expect(failing).rejects.toThrow('The API fails');
		expect(await inTurn(node, first, to(second))).toEqual(result(second));
	});

	it('gives up a poll that hangs after 45 s, and drops its result', async () => {
		const slow = slowPoll();
		const hanging = inTurn(node, first, slow.poll);
		now += 44_999;
		expect(await inTurn(node, first, to(second))).toBeUndefined();
		now += 1;
		expect(await inTurn(node, first, to(second))).toEqual(result(second));
		slow.finish(second);
		expect(await hanging).toBeUndefined();
	});

	it('runs no poll from a state that another has replaced, unless n8n has not stored the new one within 10 s', async () => {
		await inTurn(node, first, to(second));
		now += 10_000;
		expect(await inTurn(node, first, to(second))).toBeUndefined();
		now += 1;
		expect(await inTurn(node, first, to(second))).toEqual(result(second));
	});
});
