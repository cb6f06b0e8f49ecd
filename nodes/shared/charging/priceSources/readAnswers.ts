import { InputError } from '../base/inputError';
import { isObject } from '../base/isObject';
import { listInWords } from '../base/words';
import { readQuotes, type Quote } from '../prices/readPrices';
import { rowsIn, type FoundRow, type KnownSource } from './found';

/** The prices of a source, in the currency per kWh. */
export interface FoundPrices {
	quotes: Quote[];
	/** Undefined if neither the answer nor the user says it. */
	currency?: string;
	nameOf(row: number): string;
	itemOf(row: number): number | undefined;
}

/**
 * Reads the answers of a source of prices, one or several, with one or several lists in each.
 * @param answers input items, or JSON that a user entered
 * @param where how a message names the answer with an index: "item 0"
 * @param itemOf the input item with an answer, if it is one
 * @throws InputError if there are no prices, several areas or currencies, or a price cannot be read
 */
export function readAnswers(
	source: KnownSource,
	answers: readonly unknown[],
	{
		area,
		currency,
		where,
		itemOf,
	}: {
		area?: string;
		currency?: string;
		where(index: number): string;
		itemOf(index: number): number | undefined;
	},
): FoundPrices {
	const all: Array<FoundRow & { owner: number }> = [];
	answers.forEach((answer, owner) => {
		for (const row of rowsIn(answer, source, currency)) all.push({ ...row, owner });
	});
	if (all.length === 0) throw noneIn(source, answers, where, itemOf);
	const rows = ofArea(all, source, area);
	const naming = {
		nameOf: (index: number) => `row ${index + 1}`,
		itemOf: (index: number) => itemOf(rows[index].owner),
	};
	// All of them state the offset, or mean UTC.
	const { quotes } = readQuotes(rows, { ...naming, zone: 'utc', wholeMinutes: true });
	const found = currencyOf(rows, source, currency);
	return { quotes, ...naming, ...(found !== undefined && { currency: found }) };
}

function noneIn(
	{ name, shape }: KnownSource,
	answers: readonly unknown[],
	where: (index: number) => string,
	itemOf: (index: number) => number | undefined,
): InputError {
	const [answer] = answers;
	const names = isObject(answer) ? Object.keys(answer).slice(0, 10) : [];
	const has = names.length > 0 ? ` There are the fields ${names.join(', ')}.` : '';
	return new InputError(
		answers.length > 0 ? `${where(0)} has no prices of ${name}` : `There are no prices of ${name}`,
		`Its prices are in ${shape}.${has} Pass its answer on as it is; or choose another Price Source.`,
		answers.length > 0 ? itemOf(0) : undefined,
	);
}

/** @throws InputError if there are several areas and none is chosen, or the chosen one is not there */
function ofArea<T extends FoundRow>(
	rows: readonly T[],
	{ name, usualArea }: KnownSource,
	chosen?: string,
): readonly T[] {
	const areas = [...new Set(rows.map(({ area }) => area))].filter((area) => area !== undefined);
	const isChosen = (area: string) => area.toLowerCase() === chosen?.toLowerCase();
	const wanted =
		chosen === undefined
			? (areas.find((area) => area === usualArea) ?? (areas.length === 1 ? areas[0] : undefined))
			: areas.find(isChosen);
	if (wanted !== undefined) return rows.filter(({ area }) => area === wanted);
	if (chosen === undefined && areas.length === 0) return rows;
	const there =
		areas.length === 0 ? 'They name no area.' : `There are ${listInWords(areas.slice(0, 20))}.`;
	throw chosen === undefined
		? new InputError(
				`The prices of ${name} are for several areas: ${listInWords(areas.slice(0, 20))}`,
				'Choose one with the option Price Area.',
			)
		: new InputError(
				`The prices of ${name} have no area ${JSON.stringify(chosen)}`,
				`${there} Set the option Price Area to one of them, or remove it.`,
			);
}

/** @throws InputError if there are several currencies, or another than the user wants */
function currencyOf(
	rows: readonly FoundRow[],
	{ name }: KnownSource,
	wanted?: string,
): string | undefined {
	const currencies = [...new Set(rows.map(({ currency }) => currency))].filter(
		(currency) => currency !== undefined,
	);
	if (currencies.length > 1) {
		throw new InputError(
			`The prices of ${name} are in several currencies: ${listInWords(currencies)}`,
			'Get the prices in one currency.',
		);
	}
	const [found] = currencies;
	if (found === undefined || wanted === undefined || found.toUpperCase() === wanted.toUpperCase()) {
		return found ?? wanted;
	}
	throw new InputError(
		`Currency is ${wanted}, but the prices of ${name} are in ${found}`,
		'Remove the option Currency: with this Price Source it is in the answer.',
	);
}
