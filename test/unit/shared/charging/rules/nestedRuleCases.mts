import { chargingProfile } from '../profiles.mts';
import {
	CHARGEYE,
	IN_SCHEMA,
	INTEGERS,
	period,
	SCHEDULE,
	schedule,
	type RuleCase,
} from './ruleCase.mts';

const TARIFF = `${SCHEDULE}.salesTariff`;
const ENTRY = `${TARIFF}.salesTariffEntry[0]`;

const cost = (changes: object = {}) => ({
	costKind: 'CarbonDioxideEmission',
	amount: 5,
	...changes,
});
const consumption = (changes: object = {}) => ({ startValue: 0, cost: [cost()], ...changes });
const entry = (changes: object = {}) => ({
	relativeTimeInterval: { start: 0 },
	ePriceLevel: 1,
	...changes,
});
const tariff = (changes: object = {}) =>
	schedule({ salesTariff: { id: 1, salesTariffEntry: [entry()], ...changes } });
const inEntry = (changes: object) => tariff({ salesTariffEntry: [entry(changes)] });
const inConsumption = (changes: object) => inEntry({ consumptionCost: [consumption(changes)] });
const inCost = (changes: object) => inConsumption({ cost: [cost(changes)] });

const ofTariff = (
	rule: string,
	path: string,
	breach: unknown,
	legal: unknown = tariff(),
	requirement = IN_SCHEMA,
): RuleCase => ({
	rule,
	requirement,
	path,
	severity: 'error',
	reasonCode: 'InvalidSchedule',
	breach,
	legal,
});

const ofVendor = (rule: string, path: string, breach: object, legal: object): RuleCase => ({
	rule,
	requirement: CHARGEYE,
	path,
	severity: 'error',
	reasonCode: 'InvalidProfile',
	breach: { ...chargingProfile(), ...breach },
	legal: { ...chargingProfile(), ...legal },
});

/** Rules about nested fields of a profile, and about ChargEye’s own fields. */
export const NESTED_RULES: RuleCase[] = [
	ofVendor(
		'a condition is an object',
		'condition',
		{ condition: 'whenNoCloudConnection' },
		{ condition: { whenNoCloudConnection: true } },
	),
	ofVendor(
		'a condition has only ChargEye’s fields',
		'condition.whenNoCloudConection',
		{ condition: { whenNoCloudConection: true } },
		{ condition: { whenNoCloudConnection: false, whenSessionNotAuthorized: true } },
	),
	ofVendor(
		'a field of a condition is true or false',
		'condition.whenSessionNotAuthorized',
		{ condition: { whenSessionNotAuthorized: 'true' } },
		{ condition: {} },
	),
	ofVendor('meta is an object', 'meta', { meta: 7 }, { meta: { comment: '' } }),
	ofVendor(
		'meta has only ChargEye’s fields',
		'meta.author',
		{ meta: { author: 'Operations' } },
		{ meta: { createdAt: '2026-01-15T15:00:00Z', createdBy: 'Operations' } },
	),
	ofVendor(
		'the fields of meta are texts',
		'meta.createdBy',
		{ meta: { createdBy: 7 } },
		{ meta: { createdBy: 'Operations' } },
	),
	{
		...ofTariff('an ID has at most 31 bits', 'id', { ...chargingProfile(), id: 1768496400000 }),
		requirement: INTEGERS,
		reasonCode: 'InvalidProfile',
		legal: chargingProfile({ id: 2 ** 31 - 1 }),
	},
	{
		...ofTariff('a negative ID has at most 31 bits and a sign', 'id', {
			...chargingProfile(),
			id: -(2 ** 31) - 1,
		}),
		requirement: INTEGERS,
		reasonCode: 'InvalidProfile',
		legal: chargingProfile({ id: -(2 ** 31) }),
	},
	ofTariff(
		'a duration has at most 31 bits',
		`${SCHEDULE}.duration`,
		schedule({ duration: 2 ** 31 }),
		schedule({ duration: 2 ** 31 - 1 }),
		INTEGERS,
	),
	ofTariff(
		'the vendor data of a period has a vendor',
		`${SCHEDULE}.chargingSchedulePeriod[0].customData.vendorId`,
		period({ customData: {} } as object),
		period({ customData: { vendorId: 'com.example' } }),
	),
	ofTariff('a sales tariff has only the fields of OCPP', `${TARIFF}.price`, tariff({ price: 1 })),
	ofTariff(
		'the vendor data of a sales tariff has a vendor',
		`${TARIFF}.customData.vendorId`,
		tariff({ customData: {} }),
		tariff({ customData: { vendorId: 'com.example' } }),
	),
	ofTariff(
		'the description of a sales tariff is a text, perhaps an empty one',
		`${TARIFF}.salesTariffDescription`,
		tariff({ salesTariffDescription: 7 }),
		tariff({ salesTariffDescription: '' }),
	),
	ofTariff(
		'the description of a sales tariff has at most 32 characters',
		`${TARIFF}.salesTariffDescription`,
		tariff({ salesTariffDescription: 'x'.repeat(33) }),
		tariff({ salesTariffDescription: 'x'.repeat(32) }),
	),
	ofTariff(
		'the number of price levels of a sales tariff is a whole number',
		`${TARIFF}.numEPriceLevels`,
		tariff({ numEPriceLevels: 'three' }),
		tariff({ numEPriceLevels: 3 }),
	),
	ofTariff('an entry of a sales tariff is an object', ENTRY, tariff({ salesTariffEntry: [5] })),
	ofTariff(
		'an entry has only the fields of OCPP',
		`${ENTRY}.priceLevel`,
		inEntry({ priceLevel: 1 }),
	),
	ofTariff(
		'an entry has an interval',
		`${ENTRY}.relativeTimeInterval`,
		inEntry({ relativeTimeInterval: undefined }),
	),
	ofTariff(
		'an interval has a start',
		`${ENTRY}.relativeTimeInterval.start`,
		inEntry({ relativeTimeInterval: { start: '0' } }),
	),
	ofTariff(
		'an interval lasts whole seconds',
		`${ENTRY}.relativeTimeInterval.duration`,
		inEntry({ relativeTimeInterval: { start: 0, duration: 0.5 } }),
		inEntry({ relativeTimeInterval: { start: 0, duration: 3600 } }),
	),
	ofTariff(
		'an interval has only the fields of OCPP',
		`${ENTRY}.relativeTimeInterval.end`,
		inEntry({ relativeTimeInterval: { start: 0, end: 3600 } }),
	),
	ofTariff(
		'a price level is not negative',
		`${ENTRY}.ePriceLevel`,
		inEntry({ ePriceLevel: -1 }),
		inEntry({ ePriceLevel: 0 }),
	),
	ofTariff(
		'an entry has at most three costs of consumption',
		`${ENTRY}.consumptionCost`,
		inEntry({ consumptionCost: Array.from({ length: 4 }, () => consumption()) }),
		inEntry({ consumptionCost: Array.from({ length: 3 }, () => consumption()) }),
	),
	ofTariff(
		'a consumption starts at a number',
		`${ENTRY}.consumptionCost[0].startValue`,
		inConsumption({ startValue: '0' }),
		inConsumption({ startValue: 0.5 }),
	),
	ofTariff(
		'a consumption has a cost',
		`${ENTRY}.consumptionCost[0].cost`,
		inConsumption({ cost: [] }),
		inConsumption({ cost: [cost(), cost(), cost()] }),
	),
	ofTariff(
		'the kind of a cost is one of OCPP’s',
		`${ENTRY}.consumptionCost[0].cost[0].costKind`,
		inCost({ costKind: 'Money' }),
		inCost({ costKind: 'RelativePricePercentage' }),
	),
	ofTariff(
		'the amount of a cost is a whole number',
		`${ENTRY}.consumptionCost[0].cost[0].amount`,
		inCost({ amount: 1.5 }),
		inCost({ amount: 0 }),
	),
	ofTariff(
		'the multiplier of a cost is from -3 to 3',
		`${ENTRY}.consumptionCost[0].cost[0].amountMultiplier`,
		inCost({ amountMultiplier: 4 }),
		inCost({ amountMultiplier: -3 }),
	),
];
