import type { QueryOf } from '../../shared/chargeye/contract';
import {
	nextPageOf,
	simplifyTransaction,
	TRANSACTION_IDS,
	TRANSACTION_STATUSES,
	transactionsIn,
	withConnectorName,
	type ListKey,
	type ListRequest,
	type ReceivedTransaction,
} from '../../shared/chargeye/transactions';
import { InputError } from '../../shared/charging/base/inputError';
import { collectionField } from '../../shared/node/fields/kinds/collection';
import { optionField } from '../../shared/node/fields/kinds/option';
import { textField } from '../../shared/node/fields/kinds/text';
import { timeField } from '../../shared/node/fields/kinds/time';
import type { Values } from '../../shared/node/fields/kinds/values';
import { maxResults } from '../../shared/node/fields/maxResults';
import { outputOf } from '../../shared/node/fields/output';
import { station } from '../../shared/node/fields/station';
import { TRANSACTION_FIELDS } from '../../shared/node/fields/transactionFields';
import type { LookUp } from '../../shared/node/operation';
import { matcherOf } from '../../shared/node/matcher';
import { present } from '../../shared/node/present';

/** "AuthorizedNotPluggedIn" → "Authorized Not Plugged In". */
const inWords = (status: string) => status.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');

const authorizationReference = textField({
	label: 'Authorization Reference',
	name: 'authorizationReference',
	placeholder: 'e.g. pay_29384',
	description: 'Only the transaction that was started with this reference',
});

const ofStation = station.with({
	required: undefined,
	description: 'Only transactions of this station',
});

const from = timeField({
	label: 'From',
	name: 'from',
	description:
		'Only transactions that started at this time or later. Without an offset it is in the workflow’s time zone.',
});

const to = timeField({
	label: 'To',
	name: 'to',
	description:
		'Only transactions that started before this time. Without an offset it is in the workflow’s time zone.',
});

const status = optionField({
	label: 'Status',
	name: 'status',
	options: TRANSACTION_STATUSES.map((value) => ({ name: inWords(value), value })),
	default: 'Charging',
	description: 'Only transactions with this status',
});

const filters = collectionField({
	label: 'Filters',
	name: 'filters',
	placeholder: 'Add Filter',
	fields: [authorizationReference, ofStation, from, status, to],
});

/** The time range as query parameters, in UTC. @throws InputError */
function readRange(added: Values): QueryOf<'listTransactions'> {
	const startDate = from.readIfGiven(added);
	const endDate = to.readIfGiven(added);
	if (
		startDate !== undefined &&
		endDate !== undefined &&
		Date.parse(startDate) >= Date.parse(endDate)
	) {
		throw new InputError(
			`${to.label} is ${endDate}, which is not later than ${from.label}, ${startDate}`,
			`Enter a later time in ${to.label}.`,
		);
	}
	return present<QueryOf<'listTransactions'>>({ startDate, endDate });
}

/** The filters that the API does not have, as a function. @throws InputError */
const readFilter = (added: Values) =>
	matcherOf<ReceivedTransaction>({
		authorizationReference: authorizationReference.readIfGiven(added),
		status: status.readIfGiven(added),
	});

const output = outputOf({
	simplify: simplifyTransaction,
	complete: withConnectorName,
	ids: TRANSACTION_IDS,
	fields: TRANSACTION_FIELDS,
});

/** API operation `listStationTransactions` for one station, otherwise `listTransactions`; both answer in pages. */
export const getAll: LookUp<ListKey> = {
	type: 'lookUp',
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many transactions',
	description: 'Look up which charging transactions there are or were',
	fields: [maxResults, filters, output],
	prepare(parameters) {
		const limit = maxResults.read(parameters);
		const added = filters.read(parameters);
		const query = readRange(added);
		const isWanted = readFilter(added);
		const { narrow, hint } = output.read(parameters);
		const stationId = ofStation.readIfGiven(added);
		const request: ListRequest =
			stationId === undefined
				? { endpoint: 'listTransactions', query }
				: { endpoint: 'listStationTransactions', path: { stationId }, query };
		return {
			request,
			items: (body) => transactionsIn(body).filter(isWanted).map(narrow),
			next: (body) => nextPageOf(request, body),
			limit,
			hint,
		};
	},
};
