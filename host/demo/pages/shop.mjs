import {
	element,
	follow,
	kilowatts,
	listIn,
	powerBar,
	send,
	setText,
	timeOfDay,
} from './common.mjs';

const pay = document.querySelector('#pay');
const empty = document.querySelector('#empty');
let chosen;

const button = (textContent, onclick) =>
	element('button', { type: 'button', textContent, onclick });

/** What happens at a connector, in words. */
function stateOf({ cable, authorized, powerKw }) {
	if (!cable) return 'No car: the money comes back after a while';
	if (powerKw > 0) return `Charges with ${kilowatts(powerKw)}`;
	return authorized ? 'Authorized, draws nothing' : 'A car waits for its driver to pay';
}

const showConnectors = listIn(
	document.querySelector('#connectors'),
	({ stationId, connectorId }) => `${stationId} ${connectorId}`,
	({ stationId, stationName, connectorId, name }) => {
		const ids = { stationId, connectorId };
		const choice = element('input', { type: 'radio', name: 'connector' });
		choice.onchange = () => {
			chosen = ids;
			pay.disabled = false;
		};
		const state = element('p', { className: 'state' });
		const bar = powerBar();
		const plugIn = button('Plug in a car', () => send('/payments/plugIn', ids));
		const unplug = button('Unplug', () => send('/payments/unplug', ids));
		const label = element('label', {}, choice, ` ${stationName}, ${name}`);
		return {
			element: element(
				'section',
				{ className: 'card' },
				element('h3', {}, label),
				element('p', { className: 'muted', textContent: `${stationId} / ${connectorId}` }),
				state,
				bar.element,
				plugIn,
				unplug,
			),
			update(connector) {
				setText(state, stateOf(connector));
				bar.update(connector.powerKw, connector.limitKw, connector.maxPowerKw);
				plugIn.hidden = connector.cable;
				unplug.hidden = !connector.cable;
			},
		};
	},
);

/** What the workflow answered to one webhook, in words. */
function answerOf({ status, answer, problem }) {
	if (problem !== undefined) return `The workflow did not answer: ${problem}`;
	if (status === undefined) return 'Webhook sent; waiting for the charger …';
	switch (answer?.status) {
		case 'charging':
			return `Charging: transaction ${answer.transactionId}`;
		case 'repeated':
			return 'Repeated: this payment is known, and nothing was started again';
		case 'refunded':
			return `Refunded: ${answer.reason}`;
		default:
			return `Answer ${status}: ${answer?.reason ?? answer?.message ?? JSON.stringify(answer)}`;
	}
}

const line = () => {
	const made = element('li');
	return { element: made, update: ({ text }) => setText(made, text) };
};

const showPayments = listIn(
	document.querySelector('#payments'),
	({ paymentId }) => paymentId,
	({ paymentId, stationId, connectorId }) => {
		const list = element('ol');
		const showLines = listIn(list, ({ key }) => key, line);
		const again = button('Send the webhook again', () => send('/payments/repeat', { paymentId }));
		return {
			element: element(
				'article',
				{ className: 'card' },
				element('h3', { textContent: `€ 5 for ${stationId} / ${connectorId}` }),
				element('p', { className: 'muted', textContent: paymentId }),
				list,
				again,
			),
			update({ deliveries, refunds }) {
				showLines([
					...deliveries.map((delivery, index) => ({
						key: `webhook ${index}`,
						text: `${timeOfDay(delivery.sentAt)} ${answerOf(delivery)}`,
					})),
					...refunds.map((_, index) => ({
						key: `refund ${index}`,
						text: 'The provider got the request to refund € 5',
					})),
				]);
			},
		};
	},
);

pay.disabled = true;
pay.onclick = () => send('/payments/pay', chosen);

void follow(['/payments/connectors', '/payments/payments'], (connectors, payments) => {
	showConnectors(connectors);
	empty.hidden = payments.length > 0;
	showPayments(payments);
});
