import { rounded } from '../base/numbers';
import { startDelayInWords, type StartDelay } from '../base/startDelay';
import { durationInWords, listInWords } from '../base/words';
import { phasesInWords, type ChargingDetails } from '../profile/chargingDetails';
import { eachConnector, type ChargingProfilePurpose } from '../profile/profile';
import type { AfterDeparture } from './chargingRules';
import { joinedSpans } from './chargingRuns';
import type { PlannedSpan } from './plan';
import type { PriceWords } from './priceWords';

/** The facts about a profile that was built from prices. */
export interface SummaryFacts {
	rule: 'cheapestHours' | 'priceBands';
	/** What the profile limits. */
	purpose: ChargingProfilePurpose;
	/** At least one, in order of time. */
	spans: readonly PlannedSpan[];
	/** How many periods the profile has. */
	periods: number;
	energyKwh: number;
	/** What of it reaches the battery, if the energy was given so. */
	inBatteryKwh?: number;
	/** What holds after the spans. */
	after?: AfterDeparture;
	missingKwh: number;
	maximumKw: number;
	/** What applies in every period, besides its limit. */
	details?: ChargingDetails;
	startDelay?: StartDelay;
	/** When the profile ends, in epoch seconds. */
	end: number;
	/** In the currency of the prices. */
	cost: number;
	costAtOnce: number;
	zone: string;
	words: PriceWords;
	/** Which of several profiles it is. */
	part?: { number: number; of: number };
}

/** How many stretches of time are listed; the others are only counted. */
const LISTED = 6;

/** Describes a profile that was built from prices, in sentences. */
export function priceSummary(facts: SummaryFacts): string {
	const { rule, zone, words, part, after, startDelay, end, details = {} } = facts;
	return [
		part && `Profile ${part.number} of ${part.of}.`,
		...(rule === 'priceBands' ? bandSentences(facts) : cheapestSentences(facts)),
		after && `After the departure ${words.limit(after.limit)} until ${words.time(end)} ${zone}.`,
		startDelay && startDelayInWords(startDelay),
		phasesInWords(details),
		`From ${words.time(end)} ${zone} on this profile sets no limit.`,
	]
		.filter(Boolean)
		.join(' ');
}

function bandSentences({ spans, periods, words, zone, ...facts }: SummaryFacts): string[] {
	const forEach = eachConnector(facts.purpose) ? ' for each connector' : '';
	const seconds = new Map<number, number>();
	for (const { limit, from, to } of spans)
		seconds.set(limit, (seconds.get(limit) ?? 0) + to - from);
	const limits = [...seconds]
		.sort(([a], [b]) => b - a)
		.map(([limit, lasts]) => `${words.limit(limit)} for ${durationInWords(lasts)}`);
	const all = { from: spans[0].from, to: spans[spans.length - 1].to };
	const energy = `${rounded(facts.energyKwh, 2)} kWh for ${words.money(facts.cost)}`;
	return [
		`${words.span(all)} ${zone}, by price${forEach}: at most ${limits.join(', ')} (${periods} ${periods === 1 ? 'period' : 'periods'}).`,
		`If that is used in full: ${energy}; at once, at ${rounded(facts.maximumKw, 2)} kW, the same energy costs ${words.money(facts.costAtOnce)}.`,
	];
}

function cheapestSentences({ spans, words, zone, ...facts }: SummaryFacts): string[] {
	const chosen = spans.filter((span) => span.chosen);
	const others = [...new Set(spans.filter((span) => !span.chosen).map(({ limit }) => limit))].sort(
		(a, b) => b - a,
	);
	const stretches = joinedSpans(chosen).map((span) => words.span(span));
	const more = stretches.length - LISTED;
	const forEach = eachConnector(facts.purpose) ? ' for each connector' : '';
	const hours = [...stretches.slice(0, LISTED), ...(more > 0 ? [`${more} more`] : [])];
	const inBattery =
		facts.inBatteryKwh === undefined
			? ''
			: ` (${rounded(facts.inBatteryKwh, 2)} kWh in the battery)`;
	const energy = `${rounded(facts.energyKwh, 2)} kWh${inBattery}`;
	const by = `by ${words.time(spans[spans.length - 1].to)} ${zone}`;
	return [
		...(facts.missingKwh > 0
			? [`Only ${energy} of ${rounded(facts.energyKwh + facts.missingKwh, 2)} kWh fit.`]
			: []),
		chosen.length > 0
			? `${energy} ${by} with at most ${words.limit(chosen[0].limit)}${forEach} in the cheapest hours: ${hours.join(', ')}.`
			: `${energy} ${by}: no hours are needed for it.`,
		...(others.length > 0
			? [`At other times ${listInWords(others.map((limit) => words.limit(limit)))}.`]
			: []),
		`Costs ${words.money(facts.cost)}; at once it costs ${words.money(facts.costAtOnce)}.`,
	];
}
