import fc from 'fast-check';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';

import { ChargerOperations } from '../../nodes/ChargerOperations/ChargerOperations.node.ts';
import { SmartChargingProfile } from '../../nodes/SmartChargingProfile/SmartChargingProfile.node.ts';
import { Transaction } from '../../nodes/Transaction/Transaction.node.ts';
import { byId } from '../support/chargerOperations.mts';
import { runNode } from '../support/engine.mts';
import { fieldsOf, type OperationField } from '../support/nodeFields.mts';
import { firstProfile } from '../support/transactions.mts';
import { chargingProfile } from '../unit/shared/charging/profiles.mts';

const NODES = [new ChargerOperations(), new SmartChargingProfile(), new Transaction()];
const FIELDS = NODES.flatMap(({ description }) => fieldsOf(description));
const OPERATIONS = [...new Set(FIELDS.map(({ node, operation }) => `${node} ${operation}`))].sort();

/** Ten for each field, on average. */
const RUNS = 10 * FIELDS.length;

/** Good values where the default of a field is none. */
const GOOD: Record<string, unknown> = {
	stationId: 'DEPOT-DC-1',
	evseId: 1,
	txId: 't-1',
	transactionId: 't-1',
	locationUid: 'loc-depot',
	startSchedule: '2026-01-15T17:00:00',
	outputFields: 'name',
	timezone: 'Europe/Helsinki',
	chargingProfile: JSON.stringify(firstProfile()),
	profileJson: JSON.stringify(chargingProfile()),
};

/** Good rows of fixed collections. */
const GOOD_ROWS: Record<string, object> = {
	band: { upToPrice: 5, limitA: 16, limitKw: 11 },
	period: { startPeriod: 0, limitA: 16, limitW: 11_000 },
	window: { days: ['monday'], from: '17:00', to: '20:00', limitA: 16, limitKw: 11 },
};

const PRICES = Array.from({ length: 48 }, (_, hour) => ({
	start: new Date(Date.UTC(2099, 0, 1, hour)).toISOString(),
	price: hour % 7,
}));

/** What one operation needs, whichever field is looked at. */
const OF_OPERATION: Record<string, Record<string, unknown>> = {
	'schedule:buildFromPrices': {
		pricesFrom: 'json',
		pricesJson: JSON.stringify(PRICES),
		departure: '2099-01-02T07:00:00',
	},
	'schedule:preview': {
		specifyProfiles: 'json',
		profilesJson: JSON.stringify([chargingProfile()]),
		start: '2026-01-15T00:00:00',
	},
};

/** And one field. */
const OF_FIELD: Record<string, Record<string, unknown>> = {
	listField: { pricesJson: JSON.stringify({ text: PRICES }) },
};

const isLocator = ({ type }: INodeProperties) => type === 'resourceLocator';

function goodValue({ operation, property }: OperationField): unknown {
	const { name, type, default: byDefault } = property;
	const ofOperation = OF_OPERATION[operation]?.[name];
	if (ofOperation !== undefined) return ofOperation;
	if (name in GOOD) return GOOD[name];
	if (type === 'dateTime') return '2026-01-15T17:00:00';
	return byDefault === '' && type === 'string' ? 'text' : byDefault;
}

/** What a run of the operation needs beside the field itself. */
const goodParameters = ({
	operation,
	property,
	needs,
}: OperationField): Record<string, unknown> => {
	const [resource, name] = operation.split(':');
	return {
		resource,
		operation: name,
		stationId: byId(GOOD.stationId),
		evseId: byId(GOOD.evseId),
		txId: byId(GOOD.txId),
		transactionId: GOOD.transactionId,
		startSchedule: GOOD.startSchedule,
		outputFields: GOOD.outputFields,
		profileJson: GOOD.profileJson,
		criteria: { stackLevel: 0 },
		...OF_OPERATION[operation],
		...OF_FIELD[property.name],
		...needs,
	};
};

/** The operation with `{{ $json.value }}` in the field. */
function parametersOf(field: OperationField): INodeParameters {
	const { property, collection, needs } = field;
	const { name } = property;
	const expression = '={{ $json.value }}';
	const value = isLocator(property) ? byId(expression) : expression;
	const parameters = goodParameters(field);
	if (collection === undefined) parameters[name] = value;
	else if (collection.includes('.')) {
		const [outer, inner] = collection.split('.');
		parameters[outer] = { [inner]: [{ ...GOOD_ROWS[inner], ...needs, [name]: value }] };
	} else parameters[collection] = { [name]: value };
	return parameters as INodeParameters;
}

const EMPTY = [undefined, null, '', '   '];
const NO_SCALAR: fc.Arbitrary<unknown> = fc.oneof(
	fc.constantFrom<unknown>({}, [], [[]], [1], true, false),
	fc.array(fc.jsonValue(), { minLength: 1 }),
	fc.dictionary(fc.string(), fc.jsonValue()),
);
const NO_NUMBER = fc.oneof(
	fc.constantFrom<unknown>(...EMPTY, NaN, Infinity, -Infinity),
	fc.constantFrom('20 kW', '16A', '1,000', '1e3', '0x10', '½', 'twenty', '١٦', '1\u00002', '--1'),
	fc.string().filter((text) => !/\d/.test(text)),
	NO_SCALAR,
);
const NO_TIME = fc.oneof(
	fc.constantFrom<unknown>(...EMPTY, NaN, Infinity, 0, -1, 1767225600, 1e300),
	fc.constantFrom('17:00', 'noon', '2026-02-30', '2026-13-01T00:00:00', '2026-01-15T25:00:00'),
	fc.constantFrom('2026-01-15T17:00:00 Europe/Paris', '2026-01-15T17:00:00+99:00', '15.1.2026'),
	// The clocks of the test's time zone skip the one and repeat the other.
	fc.constantFrom('2026-03-29T03:30:00', '2026-10-25T03:30:00'),
	fc.string().filter((text) => !/\d/.test(text)),
	NO_SCALAR,
);
/** Of the Start of a preview, which is now if it is empty. */
const NO_TIME_IF_ANY = NO_TIME.filter((value) => !EMPTY.some((empty) => empty === value));
const NO_JSON = fc.oneof(
	fc.constantFrom<unknown>(...EMPTY),
	fc.constantFrom('{', '{"id": 1', '{id: 1}', '[1,', '{"a":\u0000}', 'noon', "{'id': 1}"),
);
const NO_JSON_OBJECT = fc.oneof(
	NO_JSON,
	fc.constantFrom<unknown>(5, NaN, true, [], '5', 'null', 'true', '[]', '"text"'),
);
const NO_ID = fc.oneof(
	fc.constantFrom<unknown>(...EMPTY, '.', '..', ' .. ', 'a\u0000b', 'a\nb', '\ud800', 'a\u007f'),
	NO_SCALAR,
);

/** n8n takes for a boolean what is 0 or 1 as a number, such as an empty list. */
const NO_BOOLEAN = fc.oneof(
	fc.constantFrom<unknown>('perhaps', 'yes', '20 kW', -1, 2, NaN, Infinity),
	fc.dictionary(fc.string(), fc.jsonValue()),
);
const NO_CHOICE = fc.oneof(
	fc.constantFrom<unknown>('none of these', 99, NaN, 'x'.repeat(100_000)),
	NO_SCALAR,
);

/** Texts that may be left empty. */
const OPTIONAL_TEXTS = ['authorizationReference', 'idToken', 'disableTextReason'];
/** Options that take other values too, by an expression. */
const OPEN_OPTIONS = ['condition'];
/** They work on all items together. */
const OF_ALL_ITEMS = ['schedule:buildFromPrices', 'schedule:preview'];
/** The first item's value holds for the whole run. */
const isOfTheRun = ({ operation, property }: OperationField) =>
	OF_ALL_ITEMS.includes(operation) || ['stationsAtOnce', 'timeLimit'].includes(property.name);

function badNumber(
	{ typeOptions }: INodeProperties,
	min = typeOptions?.minValue,
): fc.Arbitrary<unknown> {
	const tooPrecise: Record<number, unknown[]> = {
		0: [1.5, '1.5', 1e300, 2 ** 53],
		1: [0.25, '20.05', 1e-9],
	};
	const precision = typeOptions?.numberPrecision;
	return fc.oneof(
		NO_NUMBER,
		...(precision !== undefined && precision in tooPrecise
			? [fc.constantFrom(...tooPrecise[precision])]
			: []),
		...(min === undefined ? [] : [fc.integer({ max: min - 1 }), fc.constant(String(min - 1))]),
	);
}

/** What the field must not be. */
function badValue({ operation, property, collection }: OperationField): fc.Arbitrary<unknown> {
	const { name, type, options = [] } = property;
	const isOption = collection === 'options';
	if (name === 'evseId') return badNumber(property, isLocator(property) ? 1 : 0);
	if (isLocator(property)) return NO_ID;
	if (type === 'number') return badNumber(property);
	if (type === 'dateTime') return name === 'start' ? NO_TIME_IF_ANY : NO_TIME;
	// Validate answers what is wrong with any JSON.
	if (type === 'json') return operation === 'schedule:validate' ? NO_JSON : NO_JSON_OBJECT;
	// An option was added on purpose; an empty switch of the form itself is off.
	if (type === 'boolean')
		return isOption ? fc.oneof(NO_BOOLEAN, fc.constantFrom(...EMPTY)) : NO_BOOLEAN;
	if (type === 'options' && !OPEN_OPTIONS.includes(name)) {
		const mayBeEmpty = options.some((option) => 'value' in option && option.value === '');
		return mayBeEmpty ? NO_CHOICE : fc.oneof(NO_CHOICE, fc.constantFrom(...EMPTY));
	}
	const mayBeEmpty =
		name === 'timezone' || (OPTIONAL_TEXTS.includes(name) && collection === undefined);
	return mayBeEmpty ? NO_SCALAR : fc.oneof(NO_SCALAR, fc.constantFrom(...EMPTY));
}

let requests = 0;
let server: Server;

beforeAll(async () => {
	server = createServer((_, response) => {
		requests++;
		response.setHeader('Content-Type', 'application/json').end('{}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
	requests = 0;
});

/** Runs the operation with an item for each value of the field. */
const run = (field: OperationField, values: unknown[]) =>
	runNode({
		type: field.node,
		parameters: parametersOf(field),
		credential: {
			authentication: 'accessToken',
			accessToken: 'token-of-the-test',
			baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
			endpointOverrides: '',
		},
		items: values.map(
			(value) => ({ value, chargingProfile: chargingProfile() }) as unknown as IDataObject,
		),
		timezone: 'Europe/Helsinki',
	});

it.each(FIELDS)('$node $operation takes a good $property.name', async (field) => {
	const { error } = await run(field, [goodValue(field)]);
	const isSent = !field.operation.startsWith('schedule:');
	expect([requests, error?.message]).toEqual(
		isSent ? [1, expect.stringMatching(/^ChargEye’s answer/)] : [0, undefined],
	);
});

/** A field with a bad value in one of several items. */
const CASE = fc.constantFrom(...FIELDS).chain((field) =>
	fc.record({
		field: fc.constant(field),
		bad: badValue(field),
		before: isOfTheRun(field) ? fc.constant(0) : fc.nat(4),
		after: fc.nat(3),
	}),
);

it('a bad value in any field of any operation is an error that names it, and nothing is sent', async () => {
	const seen = new Set<string>();
	await fc.assert(
		fc.asyncProperty(CASE, async ({ field, bad, before, after }) => {
			requests = 0;
			seen.add(`${field.node} ${field.operation}`);
			const good = goodValue(field);
			const items = [
				...Array<unknown>(before).fill(good),
				bad,
				...Array<unknown>(after).fill(good),
			];
			const { status, error } = await run(field, items);
			expect([requests, status]).toEqual([0, 'error']);
			expect(error?.message).toContain(field.property.displayName);
			expect(error?.message.length).toBeLessThan(700);
			expect(error?.description?.length).toBeGreaterThan(10);
			const said = `${error?.message} ${error?.description}`;
			expect(said).not.toMatch(/unexpected happened|not expected|cannot |is not a function/i);
			expect(error?.message.endsWith(` [item ${before}]`)).toBe(true);
			expect(error?.message.match(/\[item/g)).toHaveLength(1);
			expect(said).toMatch(/Nothing was sent( for any item)?\.$/);
		}),
		{ numRuns: RUNS },
	);
	expect([...seen].sort()).toEqual(OPERATIONS);
}, 300_000);
