import { quoted } from '../base/shown';
import { COST_KINDS } from '../profile/profile';
import { integer, list, object, oneOf, SCHEMA, text } from './fieldChecks';
import type { Report } from './finding';

const MAX_ENTRIES = 1024;
/** The most consumption costs of an entry, and the most costs of one consumption. */
const MAX_COSTS = 3;

/** CostType; the multiplier is a power of ten. */
function checkCost(report: Report, path: string, value: unknown): void {
	const cost = object(report, path, value, ['costKind', 'amount', 'amountMultiplier']);
	if (!cost) return;
	oneOf(report, `${path}.costKind`, cost.costKind, COST_KINDS);
	integer(report, `${path}.amount`, SCHEMA, cost.amount);
	if (cost.amountMultiplier !== undefined) {
		const range = { min: -3, max: 3 };
		integer(report, `${path}.amountMultiplier`, SCHEMA, cost.amountMultiplier, range);
	}
}

/** ConsumptionCostType. */
function checkConsumption(report: Report, path: string, value: unknown): void {
	const consumption = object(report, path, value, ['startValue', 'cost']);
	if (!consumption) return;
	const { startValue, cost } = consumption;
	if (typeof startValue !== 'number' || !Number.isFinite(startValue)) {
		report(`${path}.startValue`, SCHEMA, `Must be a number, but is ${quoted(startValue)}.`);
	}
	list(report, `${path}.cost`, cost, MAX_COSTS, (at, one) => checkCost(report, at, one));
}

/** RelativeTimeIntervalType, in seconds. */
function checkInterval(report: Report, path: string, value: unknown): void {
	const interval = object(report, path, value, ['start', 'duration']);
	if (!interval) return;
	integer(report, `${path}.start`, SCHEMA, interval.start);
	if (interval.duration !== undefined) {
		integer(report, `${path}.duration`, SCHEMA, interval.duration);
	}
}

/** SalesTariffEntryType. */
function checkEntry(report: Report, path: string, value: unknown): void {
	const fields = ['relativeTimeInterval', 'ePriceLevel', 'consumptionCost'];
	const entry = object(report, path, value, fields);
	if (!entry) return;
	checkInterval(report, `${path}.relativeTimeInterval`, entry.relativeTimeInterval);
	if (entry.ePriceLevel !== undefined) {
		integer(report, `${path}.ePriceLevel`, SCHEMA, entry.ePriceLevel, { min: 0 });
	}
	if (entry.consumptionCost !== undefined) {
		list(report, `${path}.consumptionCost`, entry.consumptionCost, MAX_COSTS, (at, one) =>
			checkConsumption(report, at, one),
		);
	}
}

/** SalesTariffType, which is for cars that speak ISO 15118. */
export function checkSalesTariff(report: Report, path: string, value: unknown): void {
	if (value === undefined) return;
	const fields = ['id', 'salesTariffDescription', 'numEPriceLevels', 'salesTariffEntry'];
	const tariff = object(report, path, value, fields);
	if (!tariff) return;
	integer(report, `${path}.id`, SCHEMA, tariff.id);
	if (tariff.salesTariffDescription !== undefined) {
		text(report, `${path}.salesTariffDescription`, tariff.salesTariffDescription, 32);
	}
	if (tariff.numEPriceLevels !== undefined) {
		integer(report, `${path}.numEPriceLevels`, SCHEMA, tariff.numEPriceLevels);
	}
	list(report, `${path}.salesTariffEntry`, tariff.salesTariffEntry, MAX_ENTRIES, (at, entry) =>
		checkEntry(report, at, entry),
	);
}
