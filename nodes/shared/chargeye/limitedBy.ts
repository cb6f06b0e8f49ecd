import { hasEnded, type POWER_LIMITATIONS, type Transaction } from './transactions';

const WORDS: Record<(typeof POWER_LIMITATIONS)[number], string> = {
	Charger: 'The charger gives its full power.',
	Grid: 'A power limit, a charging profile or the grid connection limits it.',
	Queue: 'It waits for power that other connectors have.',
	Shared: 'It shares the station’s power with other connectors.',
	Vehicle: 'The vehicle takes no more.',
};

const isKnownWord = (word: string): word is keyof typeof WORDS => Object.hasOwn(WORDS, word);

/** A sentence for a `powerLimitation`, also for one that is not in the contract. */
const inWords = (word: string): string =>
	isKnownWord(word) ? WORDS[word] : `ChargEye calls the limitation ${word}.`;

/**
 * What limits the power of a connector now, as far as the API tells: in words, then the API's own values; null where they
 * are not known. `powerLimitation`, `powerKw` and `schedulePlan` are those of the transaction that runs.
 */
export function limitedBy({
	latest,
	maxPowerKw,
	maxPowerKwActual,
}: {
	latest?: Transaction;
	maxPowerKw: unknown;
	maxPowerKwActual: unknown;
}) {
	const running = latest && !hasEnded(latest) ? latest : undefined;
	const { powerLimitation = null, powerKw = null, schedulePlan = null } = running ?? {};
	const isReduced =
		typeof maxPowerKw === 'number' &&
		typeof maxPowerKwActual === 'number' &&
		maxPowerKwActual < maxPowerKw;
	const sentences = [
		...(powerLimitation === null ? [] : [inWords(powerLimitation)]),
		...(isReduced ? [`At most ${maxPowerKwActual} of its ${maxPowerKw} kW are available.`] : []),
	];
	return {
		summary: sentences.length === 0 ? null : sentences.join(' '),
		powerLimitation,
		powerKw,
		maxPowerKwActual: maxPowerKwActual ?? null,
		maxPowerKw: maxPowerKw ?? null,
		schedulePlan,
	};
}
