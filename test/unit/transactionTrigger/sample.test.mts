import { nothingToShow } from '../../../nodes/TransactionTrigger/nothingToShow.ts';
import { sampleOf } from '../../../nodes/TransactionTrigger/polling/sample.ts';
import type { Transaction } from '../../../nodes/shared/chargeye/transactions.ts';
import { at, ended, SETTINGS, station } from './poller.mts';

/** A test of the trigger at one station: what it finds, and the IDs that it looks up. */
async function test(shown: Transaction[], isWatched: (transaction: Transaction) => boolean) {
	const lookedUp: string[] = [];
	const transaction = (txId: string) => {
		lookedUp.push(txId);
		const found = shown.find((one) => one.txId === txId)!;
		return Promise.resolve({ ...found, authenticated: true, simulated: txId !== 'real' });
	};
	const api = { transaction, now: () => Date.parse(at(59)) };
	const sample = await sampleOf([station('A', ...shown)], api, { ...SETTINGS, isWatched });
	return { sample, lookedUp };
}

const isReal = ({ simulated }: Transaction) => simulated !== true;
const simulatedOnes = Array.from({ length: 30 }, (_, index) =>
	ended(`tx-${index}`, index, index + 1),
);

it('looks up the latest 20 transactions, and says that there are more', async () => {
	const { sample, lookedUp } = await test(simulatedOnes, isReal);
	expect(lookedUp).toEqual(
		simulatedOnes
			.slice(10)
			.reverse()
			.map(({ txId }) => txId),
	);
	expect(sample).toEqual({ events: [], shown: 30, leftOut: 20, isPartial: true });
	const { message, description } = nothingToShow(sample, 1, { type: 'all' }, SETTINGS.wanted);
	expect(message).toBe('Nothing to show yet: 20 simulated transactions were left out');
	expect(description).toContain(
		'in 30 transactions at 1 charging station, of which a test looks up the latest 20. Add the option Include Simulated to report them.',
	);
});

it('looks up no transaction that says itself that it is not watched, and shows an event behind it', async () => {
	const told = simulatedOnes.map((one) => ({ ...one, simulated: true }));
	const { sample, lookedUp } = await test([ended('real', 0, 1), ...told.slice(1)], isReal);
	expect(lookedUp).toEqual(['real']);
	expect(sample).toMatchObject({ shown: 30, leftOut: 29, isPartial: false });
	expect(sample.events.map(({ eventId }) => eventId.split(':').slice(0, 2).join(':'))).toEqual([
		'real:transactionStarted',
		'real:chargingStarted',
		'real:chargingStopped',
		'real:transactionEnded',
	]);
});

it('does not count what has had no wanted event as left out', async () => {
	const idle = { ...ended('tx', 0, 1), status: 'PluggedInIdle', endTime: null } as const;
	const api = {
		transaction: () => Promise.resolve({ ...idle, authenticated: false, simulated: true }),
		now: () => Date.parse(at(59)),
	};
	const wanted = { ...SETTINGS.wanted, events: ['authorized'] as const };
	const sample = await sampleOf([station('A', idle)], api, { wanted, isWatched: isReal });
	expect(sample).toEqual({ events: [], shown: 1, leftOut: 0, isPartial: false });
});
