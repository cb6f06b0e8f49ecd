import { readFileSync } from 'node:fs';

import { parse } from 'yaml';

import { STATION_FIELDS } from '../../../../../nodes/shared/node/fields/stationFields.ts';
import { TRANSACTION_FIELDS } from '../../../../../nodes/shared/node/fields/transactionFields.ts';
import { simplifyStation } from '../../../../../nodes/shared/chargeye/stations.ts';
import { simplifyTransaction } from '../../../../../nodes/shared/chargeye/transactions.ts';

type Fields = Record<string, unknown>;

const { schemas } = (
	parse(readFileSync('nodes/shared/chargeye/openapi.yaml', 'utf8')) as {
		components: {
			schemas: Record<string, { properties: Fields; allOf: Array<{ properties: Fields }> }>;
		};
	}
).components;

const valuesOf = (fields: ReadonlyArray<{ value: string }>) => fields.map(({ value }) => value);

describe('the fields to choose from are those of the API', () => {
	it('for a station', () => {
		const simplified = Object.keys(simplifyStation({ stationId: 'S' }));
		const known = new Set([...Object.keys(schemas.Station.properties), ...simplified]);
		expect(valuesOf(STATION_FIELDS).sort()).toEqual(
			[...known].filter((name) => name !== 'stationId').sort(),
		);
	});

	it('for a transaction, where a connector has its names in outputs', () => {
		const ids = ['txId', 'transactionId', 'stationId', 'connectorId', 'evseId', 'evseName'];
		const known = new Set([
			...Object.keys(schemas.TransactionSummary.properties),
			...Object.keys(schemas.Transaction.allOf[1].properties),
		]);
		expect(valuesOf(TRANSACTION_FIELDS).sort()).toEqual(
			[...known].filter((name) => !ids.includes(name)).sort(),
		);
	});

	it('with different names and a description each', () => {
		for (const fields of [STATION_FIELDS, TRANSACTION_FIELDS]) {
			expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
			for (const { description } of fields) expect(description).toMatch(/^[A-Z].*[^.]$/);
		}
	});
});

describe('simplified outputs begin with what a person looks for, and end with IDs and times', () => {
	it('of a station', () => {
		expect(Object.keys(simplifyStation({ stationId: 'S' }))).toEqual([
			'name',
			'status',
			'onlineStatus',
			'currentPowerKw',
			'maxPowerKw',
			'locationName',
			'stationId',
			'connectors',
			'locationUid',
		]);
	});

	it('of a transaction', () => {
		expect(Object.keys(simplifyTransaction({ txId: 't' }))).toEqual([
			'status',
			'chargedEnergyKwh',
			'powerKw',
			'soc',
			'connectorName',
			'authorizationReference',
			'stationId',
			'connectorId',
			'txId',
			'startTime',
			'endTime',
		]);
	});
});
