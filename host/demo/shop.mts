import { randomUUID } from 'node:crypto';
import express, { type Router } from 'express';
import type { ControlClient } from '../controlClient.mts';
import { isObject, messageOf } from '../support/errors.mts';
import { WAITING_CAR } from './cars.mts';
import { jsonBody, Refusal } from './guard.mts';
import { callWebhook, sign, type Provider } from './provider.mts';
import { evseIdOf, viewConnectors } from './connectors.mts';

/** One sending of a payment's webhook. */
interface Delivery {
	/** RFC 3339, UTC. */
	sentAt: string;
	/** The HTTP status of the workflow's answer, once it is there. */
	status?: number;
	answer?: unknown;
	/** Why there was no answer. */
	problem?: string;
}

/** A payment of the shop. */
export interface Payment {
	paymentId: string;
	/** Cents. */
	amount: number;
	stationId: string;
	connectorId: string;
	/** The first one and the repeated ones, oldest first. */
	deliveries: Delivery[];
	/** The requested refunds, oldest first. */
	refunds: unknown[];
}

export interface ShopOptions {
	/** Shows the shop's page. */
	page: express.RequestHandler;
	provider: Provider;
	/** The address of the workflow's webhook. */
	webhookUrl: string;
	/** The secret with which webhooks are signed. */
	secret: string;
	fleet: ControlClient;
}

interface Sold extends Omit<Payment, 'refunds'> {
	/** The webhook's body, which is sent again without a change. */
	body: string;
}

const AMOUNT = 500;
const MOST_PAYMENTS = 50;
const MOST_DELIVERIES = 10;
const MOST_WAITING = 20;

/**
 * A shop that sells charging. GET: its page, GET /connectors and /payments: what is there and what was paid, POST /pay,
 * /repeat, /plugIn, /unplug. Its payment provider signs a webhook for each payment and sends it to the workflow.
 */
export function createShop({ page, provider, webhookUrl, secret, fleet }: ShopOptions): Router {
	let sold: Sold[] = [];
	let waiting = 0;

	const deliver = async (payment: Sold) => {
		const delivery: Delivery = { sentAt: new Date().toISOString() };
		payment.deliveries.push(delivery);
		waiting++;
		try {
			const { status, data } = await callWebhook(
				webhookUrl,
				payment.body,
				sign(payment.body, secret),
			);
			Object.assign(delivery, { status, answer: data });
		} catch (error) {
			delivery.problem = messageOf(error);
		} finally {
			waiting--;
		}
	};
	/** The answer comes when the workflow has seen the car charge, so nobody waits for it here. */
	const send = (payment: Sold) => {
		if (waiting >= MOST_WAITING)
			throw new Refusal(429, 'Wait until earlier webhooks are answered.');
		if (payment.deliveries.length >= MOST_DELIVERIES) {
			throw new Refusal(429, `This webhook was sent ${MOST_DELIVERIES} times already.`);
		}
		void deliver(payment);
	};
	const view = ({ paymentId, amount, stationId, connectorId, deliveries }: Sold): Payment => ({
		paymentId,
		amount,
		stationId,
		connectorId,
		deliveries,
		refunds: provider
			.refunds()
			.map(({ body }) => body)
			.filter((body) => isObject(body) && 'paymentId' in body && body.paymentId === paymentId),
	});

	const router = express.Router();
	router.get('/', page);
	router.get('/connectors', async (_request, response) => {
		response.json(await viewConnectors(fleet));
	});
	router.get('/payments', (_request, response) => {
		response.json(sold.map(view));
	});
	router.post('/pay', jsonBody, (request, response) => {
		const { stationId, connectorId } = connectorOf(request.body);
		const paymentId = `pay_${randomUUID()}`;
		const event = 'payment.succeeded';
		const message = {
			event,
			paymentId,
			amount: AMOUNT,
			currency: 'EUR',
			stationId,
			connectorId,
		};
		const body = JSON.stringify(message, null, 2);
		const payment = { paymentId, amount: AMOUNT, stationId, connectorId, deliveries: [], body };
		send(payment);
		sold = [payment, ...sold].slice(0, MOST_PAYMENTS);
		response.status(202).json(view(payment));
	});
	router.post('/repeat', jsonBody, (request, response) => {
		const wanted = textsOf(request.body).paymentId;
		const payment = sold.find(({ paymentId }) => paymentId === wanted);
		if (payment === undefined) throw new Refusal(404, 'There is no such payment.');
		send(payment);
		response.status(202).json(view(payment));
	});
	router.post('/plugIn', jsonBody, async (request, response) => {
		const { stationId, evseId } = connectorOf(request.body);
		await fleet.plugIn(stationId, evseId, { ...WAITING_CAR, authorize: false });
		response.status(204).end();
	});
	router.post('/unplug', jsonBody, async (request, response) => {
		const { stationId, evseId } = connectorOf(request.body);
		await fleet.unplug(stationId, evseId);
		response.status(204).end();
	});
	return router;
}

const textsOf = (body: unknown) => (isObject(body) ? (body as Record<string, unknown>) : {});

/** @throws Refusal if the body names no connector of the sandbox */
function connectorOf(body: unknown) {
	const { stationId, connectorId } = textsOf(body);
	if (typeof stationId === 'string' && typeof connectorId === 'string') {
		const evseId = evseIdOf(stationId, connectorId);
		if (evseId !== undefined) return { stationId, connectorId, evseId };
	}
	throw new Refusal(400, 'Choose a connector: stationId and connectorId name one of the sandbox.');
}
