import axios from 'axios';
import type { Services } from '../demo/services.mts';
import type { Payment } from '../demo/shop.mts';
import { OperatorError } from '../support/errors.mts';
import { until } from '../support/until.mts';
import { effectsOf, follows, type Effect, type Scene } from './effects.mts';
import { describePower, tableOf, type Row } from './table.mts';

/** A wallbox at which a car waits for its driver to pay. */
const WALLBOX = { stationId: 'OFFICE-AC-1', connectorId: '1' };

/** The workflow looks for the transaction every few seconds. */
const SECONDS_TO_ANSWER = 60;

/**
 * Pays in the shop, sends the same webhook again, and shows what each did.
 * @returns whether the payment started a transaction, power flows, and the repeated webhook started nothing
 */
export async function showPayment(scene: Scene, { shopUrl }: Services): Promise<boolean> {
	const shop = axios.create({ baseURL: shopUrl, proxy: false, timeout: 30_000 });
	const { stationId } = WALLBOX;

	/** Waits for the answers to all webhooks, and returns the status in the last one. */
	const answer = async (paymentId: string): Promise<string> =>
		until(
			'the answer to the webhook',
			SECONDS_TO_ANSWER,
			async () => {
				const { data } = await shop.get<Payment[]>('/payments');
				const { deliveries } = data.find((payment) => payment.paymentId === paymentId)!;
				const last = deliveries.at(-1)!;
				if (last.problem !== undefined) throw new OperatorError(last.problem);
				if (last.status === undefined) return undefined;
				return (last.answer as { status?: string }).status ?? `HTTP ${last.status}`;
			},
			scene.signal,
		);

	console.log(`Paying € 5 for ${stationId} in the shop …`);
	let paymentId = '';
	let paid = '';
	const effects = await effectsOf(scene.fleet, 'The payment', async () => {
		({ paymentId } = (await shop.post<Payment>('/pay', WALLBOX)).data);
		paid = await answer(paymentId);
	});
	const effect = effects.find((candidate) => candidate.stationId === stationId)!;
	const { proven, afterKw } =
		paid === 'charging'
			? await follows(scene, stationId, (powerKw) => powerKw > 0)
			: { proven: false, afterKw: effect.beforeKw };
	const startsBefore = await starts(scene, stationId);
	await shop.post('/repeat', { paymentId });
	const repeated = await answer(paymentId);
	const startsAfter = await starts(scene, stationId);

	const nothing: Effect = { stationId, requests: [], messages: [], beforeKw: afterKw };
	const rows: Row[] = [
		{
			done: `payment:\n"${paid}"`,
			effect,
			now: describePower(effect.beforeKw, afterKw),
		},
		{ done: `repeated:\n"${repeated}"`, effect: nothing, now: 'as before' },
	];
	console.log(`\n${tableOf(rows)}\n`);
	if (!proven) {
		console.error(`The payment was answered with "${paid}", and ${stationId} draws ${afterKw} kW.`);
		return false;
	}
	if (repeated !== 'repeated' || startsAfter !== startsBefore) {
		console.error(`The repeated webhook was answered with "${repeated}", and started again.`);
		return false;
	}
	console.log(
		`A payment started a transaction at ${stationId}; the same webhook again started nothing.`,
	);
	return true;
}

const starts = async ({ fleet }: Scene, stationId: string): Promise<number> =>
	(await fleet.messages(stationId, 'RequestStartTransaction')).length;
