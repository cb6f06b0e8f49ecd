import fc from 'fast-check';
import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';

import { startServer, withBody, type LocalServer } from '../../host/support/localServer.mts';
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

/** Good values for fields whose default is not valid input. */
const GOOD: Record<string, unknown> = {
	// So that the request is sent.
	dryRun: false,
	stationId: 'DEPOT-DC-1',
	stationIds: ['DEPOT-DC-1'],
	locationId: 'loc-depot',
	evseId: 1,
	connectorId: '1',
	txId: 't-1',
	transactionId: 't-1',
	locationUid: 'loc-depot',
	startSchedule: '2026-01-15T17:00:00',
	selectedFields: ['locationUid'],
	outputFields: 'name',
	seasonFrom: '11-01',
	seasonUntil: '03-31',
	holidays: '2026-12-25, 2026-12-26',
	timezone: 'Europe/Helsinki',
	pricesTimezone: 'Europe/Helsinki',
	priceArea: 'general',
	startDelayStation: 'DEPOT-DC-1',
	chargingProfile: JSON.stringify(firstProfile()),
	profileJson: JSON.stringify(chargingProfile()),
};

/** Good rows of fixed collections. */
const GOOD_ROWS: Record<string, object> = {
	band: { upToPrice: 5, limitA: 16, limitKw: 11 },
	period: { startPeriod: 0, limitA: 16, limitW: 11_000 },
	window: { days: ['monday'], from: '17:00', to: '20:00', limitA: 16, limitKw: 11 },
};

/** Fields that a collection always needs, whichever of its fields is tested. */
const GOOD_BESIDE: Record<string, object> = { criteria: { stackLevel: 0 } };

const PRICES = Array.from({ length: 48 }, (_, hour) => ({
	start: new Date(Date.UTC(2099, 0, 1, hour)).toISOString(),
	price: hour % 7,
}));
const PRICES_OF_AMBER = PRICES.map(({ start, price }) => ({
	startTime: start,
	perKwh: price,
	channelType: 'general',
}));

/** Fields that an operation always needs, whichever field is tested. */
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
	'schedule:shareSiteLimit': { siteLimitA: 40, siteLimitKw: 30 },
};

/** Further fields that a field needs if it has a value. */
const OF_FIELD: Record<string, Record<string, unknown>> = {
	listField: { pricesJson: JSON.stringify({ text: PRICES }) },
};

/** What a field needs, with a value or without. */
const BESIDE_FIELD: Record<string, Record<string, unknown>> = {
	priceArea: { pricesJson: JSON.stringify(PRICES_OF_AMBER) },
};

/** Further fields of a row that a field needs if it has a value. */
const BESIDE_IN_ROW: Record<string, object> = {
	seasonFrom: { seasonUntil: '03-31' },
	seasonUntil: { seasonFrom: '11-01' },
};

/** Further options that an option needs. */
const BESIDE_OPTION: Record<string, object> = {
	phaseToUse: { numberPhases: 1 },
	startDelayMinutes: { startDelayStation: 'DEPOT-DC-1' },
	startDelayStation: { startDelayMinutes: 10 },
};

const isLocator = ({ type }: INodeProperties) => type === 'resourceLocator';

function goodValue({ operation, property }: OperationField): unknown {
	const { name, type, default: byDefault } = property;
	const ofOperation = OF_OPERATION[operation]?.[name];
	if (ofOperation !== undefined) return ofOperation;
	if (name in GOOD) return GOOD[name];
	// The example in the form must be good.
	if (type === 'json') return property.hint?.replace('Example: ', '');
	if (type === 'dateTime') return '2026-01-15T17:00:00';
	if (type === 'number' && byDefault === '') return 10;
	return byDefault === '' && type === 'string' ? 'text' : byDefault;
}

/** The parameters that a run of the operation needs in addition to the field. */
const goodParameters = (
	{ operation, property, needs }: OperationField,
	hasValue: boolean,
): Record<string, unknown> => {
	const [resource, name] = operation.split(':');
	return {
		resource,
		operation: name,
		stationId: byId(GOOD.stationId),
		connectorId: byId(GOOD.connectorId),
		txId: byId(GOOD.txId),
		transactionId: GOOD.transactionId,
		startSchedule: GOOD.startSchedule,
		selectedFields: GOOD.selectedFields,
		outputFields: GOOD.outputFields,
		profileJson: GOOD.profileJson,
		...GOOD_BESIDE,
		...OF_OPERATION[operation],
		...BESIDE_FIELD[property.name],
		...(hasValue && OF_FIELD[property.name]),
		...needs,
	};
};

/** The operation with `{{ $json.value }}` in the field. */
function parametersOf(field: OperationField, hasValue = true): INodeParameters {
	const { property, collection, needs } = field;
	const { name } = property;
	const expression = '={{ $json.value }}';
	const value = isLocator(property) ? byId(expression) : expression;
	const parameters = goodParameters(field, hasValue);
	if (collection === undefined) parameters[name] = value;
	else if (collection.includes('.')) {
		const [outer, inner] = collection.split('.');
		const beside = { ...GOOD_ROWS[inner], ...(hasValue && BESIDE_IN_ROW[name]) };
		parameters[outer] = { [inner]: [{ ...beside, ...needs, [name]: value }] };
	} else {
		const beside = { ...GOOD_BESIDE[collection], ...BESIDE_OPTION[name] };
		parameters[collection] = { ...beside, ...needs, [name]: value };
	}
	return parameters as INodeParameters;
}

/** The same operation without the field. */
function parametersWithout(field: OperationField): INodeParameters {
	const { property, collection = '', needs } = field;
	const parameters = goodParameters(field, false);
	delete parameters[property.name];
	if (collection.includes('.')) {
		const [outer, inner] = collection.split('.');
		const row: Record<string, unknown> = { ...GOOD_ROWS[inner], ...needs };
		delete row[property.name];
		parameters[outer] = { [inner]: [row] };
	} else if (collection === 'options') {
		parameters[collection] = { ...BESIDE_OPTION[property.name], ...needs };
	}
	return parameters as INodeParameters;
}

const EMPTY = [undefined, null, '', '   '];
const NO_SCALAR: fc.Arbitrary<unknown> = fc.oneof(
	fc.constantFrom<unknown>({}, [], [[]], [1], true, false),
	fc.array(fc.jsonValue(), { minLength: 1 }),
	fc.dictionary(fc.string(), fc.jsonValue()),
);
const NO_NUMBER = fc.oneof(
	fc.constantFrom<unknown>(NaN, Infinity, -Infinity),
	fc.constantFrom('20 kW', '16A', '1,000', '1e3', '0x10', '½', 'twenty', '١٦', '1\u00002', '--1'),
	fc.string().filter((text) => !/\d/.test(text)),
	NO_SCALAR,
);
const NO_TIME = fc.oneof(
	fc.constantFrom<unknown>(NaN, Infinity, 0, -1, 1767225600, 1e300),
	fc.constantFrom('17:00', 'noon', '2026-02-30', '2026-13-01T00:00:00', '2026-01-15T25:00:00'),
	fc.constantFrom('2026-01-15T17:00:00 Europe/Paris', '2026-01-15T17:00:00+99:00', '15.1.2026'),
	// A clock change of the test's time zone skips the first time, and another repeats the second.
	fc.constantFrom('2026-03-29T03:30:00', '2026-10-25T03:30:00'),
	fc.string().filter((text) => !/\d/.test(text)),
	NO_SCALAR,
);
const NO_JSON = fc.oneof(
	fc.constantFrom<unknown>('{', '{"id": 1', '{id: 1}', '[1,', '{"a":\u0000}', 'noon', "{'id': 1}"),
);
const NO_JSON_OBJECT = fc.oneof(
	NO_JSON,
	fc.constantFrom<unknown>(5, NaN, true, [], '5', 'null', 'true', '[]', '"text"'),
);
const NO_ID = fc.oneof(
	fc.constantFrom<unknown>('.', '..', ' .. ', 'a\u0000b', 'a\nb', '\ud800', 'a\u007f'),
	NO_SCALAR,
);

/** Lists of IDs, of which one is wrong, and values that are no list. */
const NO_IDS = fc.oneof(
	fc.constantFrom<unknown>(
		'.',
		'DEPOT-DC-1, ..',
		'a\u0000b',
		['a', ''],
		['a', null],
		[['a']],
		[{}],
	),
	fc.constantFrom<unknown>(true, false, NaN, Infinity),
	fc.dictionary(fc.string(), fc.jsonValue()),
);

/** Lists of dates, of which one is wrong, and values that are no list. */
const NO_DATES = fc.oneof(
	fc.constantFrom<unknown>('25.12.2026', '2026-02-30', '2026-12-25 noon', ['2026-12-25', null]),
	fc.constantFrom<unknown>([[]], [1], [{}], [{ date: 1 }], '[', '{}', true, false, 0, NaN),
	fc.dictionary(fc.string(), fc.jsonValue()),
);

/** n8n accepts as a boolean everything that JavaScript converts to 0 or 1, such as an empty list. */
const NO_BOOLEAN: fc.Arbitrary<unknown> = fc.oneof(
	fc.constantFrom<unknown>('perhaps', 'yes', '20 kW', -1, 2, NaN, Infinity),
	fc.dictionary(fc.string(), fc.jsonValue()),
);
const NO_CHOICE = fc.oneof(
	fc.constantFrom<unknown>('none of these', 99, NaN, 'x'.repeat(100_000)),
	NO_SCALAR,
);

/** An empty list is valid: it chooses nothing. */
const NO_CHOICES = NO_CHOICE.filter((value) => !Array.isArray(value) || value.length > 0);

/** Fields of the form itself that may be left empty, in addition to those that offer an empty choice. */
const OPTIONAL = [
	'authorizationReference',
	'idToken',
	'disableTextReason',
	'localLimitA',
	'localLimitKw',
	'timezone',
	'start',
	'overMidnight',
	'seasonFrom',
	'seasonUntil',
	// One of the two is enough.
	'selectedFields',
	'outputFields',
];
/** Options that may not be empty: without them a command would do more than was meant. */
const NEEDED = [
	'dryRun',
	'condition',
	'whenNoCloudConnection',
	'whenSessionNotAuthorized',
	'acMaxPowerA',
	'acMaxPowerKw',
	'dcMaxPowerKw',
	'limitAfterA',
	'limitAfterKw',
];

/** Criteria may not be empty either: without them more would be cleared. */
function isOptional({ property: { name, options = [] }, collection }: OperationField): boolean {
	if (options.some((option) => 'value' in option && option.value === '')) return true;
	if (collection === undefined || collection.includes('.')) return OPTIONAL.includes(name);
	return ['options', 'filters'].includes(collection) && !NEEDED.includes(name);
}

/** Options that allow other values too, by an expression. */
const OPEN_OPTIONS = ['condition'];
/** Operations that work on all items together. */
const OF_ALL_ITEMS = ['schedule:buildFromPrices', 'schedule:preview', 'schedule:shareSiteLimit'];
/** Fields whose value in the first item applies to the whole run. */
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
		...(min === undefined
			? []
			: [fc.maxSafeNat().map((less) => min - 1 - less), fc.constant(String(min - 1))]),
	);
}

/** Values that the field must refuse, apart from empty ones. */
function wrongValue({ operation, property }: OperationField): fc.Arbitrary<unknown> {
	const { name, type } = property;
	if (name === 'evseId') return badNumber(property, 0);
	if (isLocator(property)) return NO_ID;
	if (name === 'stationIds') return NO_IDS;
	if (name === 'holidays') return NO_DATES;
	if (type === 'number') return badNumber(property);
	if (type === 'dateTime') return NO_TIME;
	// Validate accepts any JSON, and says what is wrong with it.
	if (type === 'json') return operation === 'schedule:validate' ? NO_JSON : NO_JSON_OBJECT;
	if (type === 'boolean') return NO_BOOLEAN;
	if (type === 'options' && !OPEN_OPTIONS.includes(name)) return NO_CHOICE;
	if (type === 'multiOptions') return NO_CHOICES;
	return NO_SCALAR;
}

const isEmpty = (value: unknown) =>
	EMPTY.includes(value as string) || (typeof value === 'string' && value.trim() === '');

/** Values that the field must refuse. */
function badValue(field: OperationField): fc.Arbitrary<unknown> {
	const { property, collection } = field;
	const wrong = wrongValue(field).filter((value) => !isEmpty(value));
	// An empty switch of the form itself counts as off.
	const isOff = property.type === 'boolean' && collection === undefined;
	return isOptional(field) || isOff ? wrong : fc.oneof(wrong, fc.constantFrom(...EMPTY));
}

let requests = 0;
let sent: unknown[] = [];
let server: LocalServer;

beforeAll(async () => {
	server = await startServer(
		withBody(({ method, url }, response, body) => {
			requests++;
			sent.push([method, url, body]);
			response.setHeader('Content-Type', 'application/json').end('{}');
		}),
	);
});
afterAll(() => server.close());
beforeEach(() => {
	requests = 0;
	sent = [];
});

/** Runs the operation with an item for each value of the field. */
const run = (field: OperationField, values: unknown[], parameters = parametersOf(field)) =>
	runNode({
		type: field.node,
		typeVersion: field.typeVersion,
		parameters,
		credential: {
			authentication: 'accessToken',
			accessToken: 'token-of-the-test',
			baseUrl: `${server.url}/api`,
			endpointOverrides: '',
		},
		items: values.map(
			(value, index) =>
				({
					value,
					chargingProfile: chargingProfile(),
					stationId: `S${index}`,
				}) as unknown as IDataObject,
		),
		timezone: 'Europe/Helsinki',
	});

/** Operations of Schedule calculate, unless a charging station is to be looked up; all others send a request. */
const isSent = ({ operation, needs }: OperationField) =>
	!operation.startsWith('schedule:') || needs.specifyCharger === 'station';

/** The server always answers {}. */
const ANSWER_WITHOUT_VERDICT = expect.stringMatching(/^ChargEye’s answer/) as string;

it.each(FIELDS)('$node $operation takes a good $property.name', async (field) => {
	const { error } = await run(field, [goodValue(field)]);
	expect([requests, error?.message]).toEqual(
		isSent(field) ? [1, ANSWER_WITHOUT_VERDICT] : [0, undefined],
	);
});

/** The request of a run, or its output if it sends nothing. */
async function resultOf(field: OperationField, value: unknown, parameters: INodeParameters) {
	sent = [];
	const { items, error } = await run(field, [value], parameters);
	return [sent, items.map(({ json }) => json), error?.message];
}

/** The local limits of a preview had a default before. */
const hadDefault = ({ property: { name }, typeVersion }: OperationField) =>
	name.startsWith('localLimit') && typeVersion === 1;

/** The start of a preview is left out: its default is now, which differs each time. */
it.each(
	FIELDS.filter(
		(field) => isOptional(field) && field.property.name !== 'start' && !hadDefault(field),
	),
)('$node $operation: an empty $property.name counts as not given', async (field) => {
	const without = await resultOf(field, undefined, parametersWithout(field));
	const [requestsSent, outputs, message] = without;
	expect(isSent(field) ? requestsSent : outputs).not.toEqual([]);
	expect(message).toEqual(isSent(field) ? ANSWER_WITHOUT_VERDICT : undefined);
	for (const empty of EMPTY) {
		expect(await resultOf(field, empty, parametersOf(field, false))).toEqual(without);
	}
});

/** A bad value in one of several items. */
const badItem = (field: OperationField) =>
	fc.record({
		bad: badValue(field),
		before: isOfTheRun(field) ? fc.constant(0) : fc.nat(4),
		after: fc.nat(3),
	});

it.each(FIELDS)(
	'$node $operation refuses a bad $property.name, and sends nothing',
	async (field) => {
		await fc.assert(
			fc.asyncProperty(badItem(field), async ({ bad, before, after }) => {
				requests = 0;
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
			{ numRuns: 4 },
		);
	},
);
