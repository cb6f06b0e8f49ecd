import { delayed, type StartDelay } from '../base/startDelay';
import { combine, type Timeline } from '../base/timeline';
import type { PricedCell } from './chargingRuns';
import type { PricedSpan } from './priceList';

/** A priced span, and what applies in it while the car does not charge. */
export interface OpenSpan extends PricedSpan {
	/** Whether charging is allowed. */
	isOpen: boolean;
	/** The limit without charging, in the unit of the other limits. */
	limit: number;
}

/** When a car can charge, and by which prices the hours are chosen. */
export interface Choice {
	/** What it pays, and what applies otherwise. */
	spans: OpenSpan[];
	/** The same time with the prices that decide, to charge only until a moment. */
	cellsUntil(moment: number): PricedCell[];
}

/**
 * Prepares the choice of the cheapest hours.
 *
 * With a start delay all prices decide that much later, and nothing can be chosen before: so a car charges so much later
 * than it would without the delay, wherever prices make many stations begin at the same second. Hours chosen by the prices
 * that are paid would begin at those seconds again. Charging stops on time where a price above the ceiling begins.
 * @param planned at least one, in order of time, each beginning at the end of the previous one
 * @param ceiling the highest price at which a car may charge
 * @param otherLimit the limit without charging, up to the ceiling; above it the limit is 0
 * @param delay of the station, and the longest one of all stations
 */
export function choiceOf(
	planned: readonly PricedSpan[],
	ceiling: number,
	otherLimit: number,
	{ seconds: delay, most }: Pick<StartDelay, 'seconds' | 'most'>,
): Choice {
	if (most === 0) {
		const spans = planned.map(({ from, to, price, assumed }): OpenSpan => {
			const mayCharge = price <= ceiling;
			return { from, to, price, assumed, isOpen: mayCharge, limit: mayCharge ? otherLimit : 0 };
		});
		return { spans, cellsUntil: () => spans };
	}
	const [start, end] = [planned[0].from, planned[planned.length - 1].to];
	const pricesLate = (by: number): Timeline<PricedSpan | undefined> => [
		...(by > 0 ? [{ from: start, value: undefined }] : []),
		...planned
			.map((span) => ({ from: span.from + by, value: span }))
			.filter(({ from }) => from < end),
	];
	const isBelowCeiling = delayed(
		planned.map(({ from, price }) => ({ from, value: price <= ceiling ? 1 : 0 })),
		delay,
		end,
	);
	/** Cut only where a price, the ceiling or the moment does: runs can begin where a cell does. */
	const cellsOf = (prices: Timeline<PricedSpan | undefined>, moment: number) => {
		const isBefore = [
			{ from: start, value: start < moment },
			...(start < moment && moment < end ? [{ from: moment, value: false }] : []),
		];
		const steps = combine<unknown, OpenSpan>([prices, isBelowCeiling, isBefore], (values) => {
			const [span, isBelow, isEarly] = values as [PricedSpan | undefined, number, boolean];
			const limit = isBelow === 1 ? otherLimit : 0;
			const isOpen = span !== undefined && isBelow === 1 && isEarly;
			return { ...(span ?? planned[0]), isOpen, limit };
		});
		return steps.map(({ from, value }, index) => {
			const to = index + 1 < steps.length ? steps[index + 1].from : end;
			return { ...value, from, to };
		});
	};
	return {
		spans: cellsOf(pricesLate(0), end),
		cellsUntil: (moment) => cellsOf(pricesLate(delay), moment),
	};
}
