import { InputError } from '../base/inputError';
import { unitOf, type FoundRow, type KnownSource } from './found';

/** https://api.energy-charts.info: two lists side by side. */
export const energyCharts: KnownSource = {
	name: 'Energy-Charts',
	shape: 'unix_seconds[] and price[]',
	rowsOf(value) {
		if (typeof value === 'string') return undefined;
		const { unix_seconds: starts, price: prices, unit } = value;
		if (!Array.isArray(starts) || !Array.isArray(prices)) return undefined;
		if (starts.length !== prices.length) {
			throw new InputError(
				`unix_seconds has ${starts.length} entries, and price has ${prices.length}`,
				'Get the prices again: both lists have to be of the same length.',
			);
		}
		const of = unitOf(unit);
		return starts.map(
			(start: unknown, index): FoundRow => ({
				value: { unix_seconds: start, price: prices[index] as unknown },
				startField: 'unix_seconds',
				priceField: 'price',
				...of,
			}),
		);
	},
};
