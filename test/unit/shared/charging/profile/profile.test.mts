import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

import type { components } from '../../../../../nodes/shared/chargeye/types.ts';
import {
	COST_KINDS,
	KINDS,
	PURPOSES,
	RATE_UNITS,
	RECURRENCY_KINDS,
	type ChargingProfile,
} from '../../../../../nodes/shared/charging/profile/profile.ts';

/** A type with all its fields resolved, so that two types can be compared. */
type Resolved<T> = T extends object ? { [K in keyof T]: Resolved<T[K]> } : T;

/** True only for equal types: an optional field that only one of them has is a difference. */
type Same<A, B> =
	(<T>() => T extends Resolved<A> ? 1 : 2) extends <T>() => T extends Resolved<B> ? 1 : 2
		? true
		: false;

/** Compiles only if the domain’s profile has exactly the fields of the contract’s profile. */
export const profileIsTheContracts: Same<
	ChargingProfile,
	components['schemas']['ChargingProfile']
> = true;

interface Schema {
	enum?: string[];
	properties: Record<string, Schema>;
	items: Schema;
}

const { schemas } = (
	parse(readFileSync('nodes/shared/chargeye/openapi.yaml', 'utf8')) as {
		components: { schemas: Record<string, Schema> };
	}
).components;
const profile = schemas.ChargingProfile.properties;
const cost = schemas.ConsumptionCost.properties.cost.items.properties;

it.each([
	['purposes', PURPOSES, schemas.ChargingProfilePurpose],
	['kinds', KINDS, profile.chargingProfileKind],
	['recurrency kinds', RECURRENCY_KINDS, profile.recurrencyKind],
	['units', RATE_UNITS, schemas.ChargingSchedule.properties.chargingRateUnit],
	['kinds of cost', COST_KINDS, cost.costKind],
])('a profile has the %s of the contract', (_name, values, schema) => {
	expect([...values].sort()).toEqual(schema.enum?.sort());
});
