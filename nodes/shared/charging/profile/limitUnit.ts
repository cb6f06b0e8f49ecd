import { rounded } from '../base/numbers';
import type { RateUnit } from './profile';

/** The units in which people state limits; profiles use W instead of kW. */
export const LIMIT_UNITS = ['A', 'kW'] as const;
export type LimitUnit = (typeof LIMIT_UNITS)[number];

export const rateUnitOf = (unit: LimitUnit): RateUnit => (unit === 'A' ? 'A' : 'W');
export const limitUnitOf = (unit: RateUnit): LimitUnit => (unit === 'A' ? 'A' : 'kW');

/** A limit of a profile as people state it: 8,100 W → 8.1 (kW). */
export const inLimitUnit = (limit: number, unit: RateUnit): number =>
	unit === 'A' ? limit : rounded(limit / 1000, 4);

/** 20,000 W → "20 kW". */
export const limitInWords = (limit: number, unit: RateUnit): string =>
	`${inLimitUnit(limit, unit)} ${limitUnitOf(unit)}`;
