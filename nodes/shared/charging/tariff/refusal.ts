import { capacityInWords, CAPACITIES } from '../capacity/capacity';
import { InputError } from '../base/inputError';
import type { Tariff } from './tariff';
import { needOf, planTariff } from './fit';

/** As many days as a form offers. */
const MOST_DAYS = 31;

/** How many days ahead fit: the greatest number up to `most`, searched by halves; 0 if not even one fits. */
function daysThatFit(tariff: Tariff, most: number): number {
	let fitting = 0;
	for (let not = most + 1; not - fitting > 1; ) {
		const days = Math.floor((fitting + not) / 2);
		if (planTariff({ ...tariff, mode: { days } })) fitting = days;
		else not = days;
	}
	return fitting;
}

/** How many of the windows fit, from the first on; 0 if not even one fits. */
function windowsThatFit(tariff: Tariff): number {
	const { windows } = tariff;
	const counts = windows.slice(1).map((_, index) => windows.length - 1 - index);
	return counts.find((count) => planTariff({ ...tariff, windows: windows.slice(0, count) })) ?? 0;
}

/** A limit that none of the windows has. */
const anotherLimit = ({ windows }: Tariff): number =>
	Math.max(...windows.map(({ limit }) => limit)) + 1;

/** What fits the charger instead, with what it costs, in sentences. */
function alternatives(tariff: Tariff): string[] {
	const { mode, outside, identity, capacity, holidays } = tariff;
	if (identity.stackLevel >= capacity.levels) {
		return [`Choose a Stack Level of at most ${capacity.levels - 1}.`];
	}
	const days = daysThatFit(tariff, mode === 'recurring' ? MOST_DAYS : mode.days - 1);
	const fewer = windowsThatFit(tariff);
	const lower = { ...tariff, identity: { ...identity, stackLevel: 0 } };
	return [
		...(mode !== 'recurring' && planTariff({ ...tariff, mode: 'recurring' })
			? ['Choose the mode Recurring.']
			: []),
		...(days === 0
			? []
			: [
					`${mode === 'recurring' ? `Choose the mode Next Days with ${days} Days Ahead` : `Choose ${days} Days Ahead`}: the profiles then have to be sent again every ${days === 1 ? 'day' : `${days} days`}.`,
				]),
		...(outside === undefined && planTariff({ ...tariff, outside: anotherLimit(tariff) })
			? [
					'Choose a Limit Outside the Windows: profiles on lower stack levels then no longer apply at other times.',
				]
			: []),
		...(holidays !== undefined && planTariff({ ...tariff, holidays: undefined })
			? ['Leave out the Holidays: the profiles then treat them as other days.']
			: []),
		...(identity.stackLevel > 0 && planTariff(lower)
			? [
					'Choose Stack Level 0: the profiles then replace others of the same purpose on that level, such as a power limit.',
				]
			: []),
		...(fewer === 0 ? [] : [`Enter only the first ${fewer > 1 ? `${fewer} windows` : 'window'}.`]),
		'If the charger takes more, say so in Charger Capacity.',
	];
}

/** Refuses a tariff that does not fit the charger. @throws InputError with what would fit */
export function refuse(tariff: Tariff): never {
	const { capacity, identity } = tariff;
	const whole = planTariff({ ...tariff, capacity: CAPACITIES.unlimited })!;
	const need = needOf(whole);
	const from = identity.stackLevel;
	throw new InputError(
		`The windows do not fit into the charger’s profiles: Charger Capacity is ${capacityInWords(capacity)}, and the profiles start at Stack Level ${from}. With every profile by itself they need ${need.profiles} profiles on ${need.levels} stack levels, with up to ${need.periods} periods`,
		alternatives(tariff).join(' '),
	);
}
