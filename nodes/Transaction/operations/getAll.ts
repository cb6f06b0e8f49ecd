import type { INodeProperties } from 'n8n-workflow';

import {
	nextPageOf,
	simplifyTransaction,
	TRANSACTION_IDS,
	TRANSACTION_STATUSES,
	transactionsIn,
	type TransactionJson,
} from '../../shared/chargeye/transactions';
import type { ApiRequest } from '../../shared/chargeye/request';
import { limitFields, readLimit } from '../../shared/node/fields/limit';
import { outputFields, readOutput } from '../../shared/node/fields/output';
import { stationField } from '../../shared/node/fields/station';
import type { LookUp } from '../../shared/node/operation';
import { checkText, checkTime, InputError, type Parameters } from '../../shared/node/parameters';

/** "AuthorizedNotPluggedIn" → "Authorized Not Plugged In". */
const inWords = (status: string) => status.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Authorization Reference',
			name: 'authorizationReference',
			type: 'string',
			default: '',
			placeholder: 'e.g. pay_29384',
			description: 'Only the transaction that was started with this reference',
		},
		{ ...stationField, required: false, description: 'Only transactions of this station' },
		{
			displayName: 'From',
			name: 'from',
			type: 'dateTime',
			default: '',
			description:
				'Only transactions that started then or later. Without an offset it is read in the workflow’s time zone.',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: TRANSACTION_STATUSES.map((value) => ({ name: inWords(value), value })),
			default: 'Charging',
			description: 'Only transactions with this status',
		},
		{
			displayName: 'To',
			name: 'to',
			type: 'dateTime',
			default: '',
			description:
				'Only transactions that started before then. Without an offset it is read in the workflow’s time zone.',
		},
	],
};

/** The time range as the API takes it, UTC. @throws InputError */
function readRange(parameters: Parameters): Record<string, string> {
	const { from, to } = parameters.collection('filters');
	const { timezone } = parameters;
	const startDate = from === undefined ? '' : checkTime('From', from, timezone);
	const endDate = to === undefined ? '' : checkTime('To', to, timezone);
	if (Date.parse(startDate) >= Date.parse(endDate)) {
		throw new InputError(
			`To is ${endDate}, which is not later than From, ${startDate}`,
			'Enter a later time in To.',
		);
	}
	return { ...(startDate !== '' && { startDate }), ...(endDate !== '' && { endDate }) };
}

/** What the API cannot filter by. @throws InputError */
function readFilter(parameters: Parameters): (transaction: TransactionJson) => boolean {
	const { authorizationReference, status } = parameters.collection('filters');
	const wanted: TransactionJson = {
		...(authorizationReference !== undefined && {
			authorizationReference: checkText('Authorization Reference', authorizationReference),
		}),
		...(status !== undefined && {
			status: parameters.option('filters.status', 'Status', TRANSACTION_STATUSES),
		}),
	};
	return (transaction) =>
		Object.entries(wanted).every(([name, value]) => transaction[name] === value);
}

/** API operation `listStationTransactions` for one station, else `listTransactions`; both answer in pages. */
export const getAll: LookUp = {
	type: 'lookUp',
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many transactions',
	description: 'Look up charging transactions',
	fields: [...limitFields, filters, ...outputFields],
	prepare(parameters) {
		const limit = readLimit(parameters);
		const query = readRange(parameters);
		const isWanted = readFilter(parameters);
		const narrow = readOutput(parameters, simplifyTransaction, TRANSACTION_IDS);
		const ofStation = parameters.collection('filters').stationId !== undefined;
		const request: ApiRequest = ofStation
			? {
					endpoint: 'listStationTransactions',
					path: { stationId: parameters.id('filters.stationId', 'Charging Station') },
					query,
				}
			: { endpoint: 'listTransactions', query };
		return {
			request,
			items: (body) => transactionsIn(body).filter(isWanted).map(narrow),
			next: (body) => nextPageOf(request, body),
			limit,
		};
	},
};
