import axios from 'axios';
import type { Services } from '../demo/services.mts';
import type { Payment } from '../demo/shop.mts';
import { OperatorError } from '../support/errors.mts';
import { until } from '../support/until.mts';
import { effectsAtAll, effectsOf, follows, type Scene } from './effects.mts';
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
	let repeated = '';
	const later = await effectsAtAll(scene.fleet, async () => {
		await shop.post('/repeat', { paymentId });
		repeated = await answer(paymentId);
	});
	const again = later.find((candidate) => candidate.stationId === stationId)!;
	const { powerKw } = await scene.fleet.station(stationId);

	const rows: Row[] = [
		{
			done: `payment:\n"${paid}"`,
			effect,
			now: describePower(effect.beforeKw, afterKw),
		},
		{
			done: `repeated:\n"${repeated}"`,
			effect: again,
			now: describePower(again.beforeKw, powerKw),
		},
	];
	console.log(`\n${tableOf(rows)}\n`);
	if (!proven) {
		console.error(`The payment was answered with "${paid}", and ${stationId} draws ${afterKw} kW.`);
		return false;
	}
	const sent = later.flatMap(({ requests, messages }) => [...requests, ...messages]);
	if (repeated !== 'repeated' || sent.length > 0) {
		console.error(
			`The repeated webhook was answered with "${repeated}", and sent ${sent.length} commands and requests.`,
		);
		return false;
	}
	console.log(
		`A payment started a transaction at ${stationId}; the same webhook again started nothing.`,
	);
	return true;
}
