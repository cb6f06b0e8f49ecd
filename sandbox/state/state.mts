import { z } from 'zod';
import type { CsmsSnapshot } from '../csms/csms.mts';
import type { StationAsset } from '../fleet.mts';
import { problemOfRequest } from '../ocpp/requestSchemas.mts';
import type { StationSnapshot } from '../stations/station.mts';
import { cloudSchema } from './cloudSchema.mts';
import { stationSchema } from './stationSchema.mts';

/** All that a sandbox knows of its stations, its transactions and its clock. Tokens, faults and logs are not part of it. */
export interface SandboxState {
	version: 1;
	clock: {
		/** RFC 3339. */
		now: string;
		speed: number;
	};
	stations: readonly StationSnapshot[];
	cloud: CsmsSnapshot;
}

/** Something is not a state, or not one that this sandbox can continue from; the message says what is wrong. */
export class StateError extends Error {}

const stateSchema: z.ZodType<SandboxState, z.ZodTypeDef, unknown> = z.strictObject({
	version: z.literal(1),
	clock: z.strictObject({
		now: z.string().datetime({ offset: true }),
		speed: z.number().min(0).max(3600),
	}),
	stations: z.array(stationSchema),
	cloud: cloudSchema,
});

/**
 * Reads a state.
 * @param data what was parsed from JSON
 * @param assets the stations of this sandbox
 * @throws StateError
 */
export function readState(data: unknown, assets: readonly StationAsset[]): SandboxState {
	const read = stateSchema.safeParse(data);
	if (!read.success) {
		const problems = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
		throw new StateError(`This is no state of a sandbox. ${problems.slice(0, 5).join('; ')}`);
	}
	const state = read.data;
	const [problem] = [...problemsOfStations(state, assets), ...problemsOfOcpp(state)];
	if (problem !== undefined) throw new StateError(problem);
	return state;
}

/** Every station and EVSE has to be there. */
function* problemsOfStations(
	{ stations }: SandboxState,
	assets: readonly StationAsset[],
): Generator<string> {
	const known = new Map(assets.map((asset) => [asset.stationId, asset]));
	for (const { stationId, evses } of stations) {
		const asset = known.get(stationId);
		if (asset === undefined) {
			yield `The state has a station ${stationId}, which this sandbox has not: ` +
				`start it with as many --stations as the one that the state was taken of.`;
		}
		const missing = evses.find(
			({ evseId }) => !asset?.evses.some((evse) => evse.evseId === evseId),
		);
		if (missing) yield `The state has an EVSE ${missing.evseId} of ${stationId}, which has none.`;
	}
}

/** What the stations store and send has to be valid by OCPP's own schemas. */
function* problemsOfOcpp({ stations }: SandboxState): Generator<string> {
	for (const { stationId, profiles, waitingEvents } of stations) {
		const requests = [
			...profiles.map(({ evseId, profile }) => ({
				action: 'SetChargingProfile',
				request: { evseId, chargingProfile: profile },
			})),
			...waitingEvents.map((request) => ({ action: 'TransactionEvent', request })),
		];
		for (const { action, request } of requests) {
			const problem = problemOfRequest(action, request);
			if (problem !== undefined) yield `The state of ${stationId} is wrong. ${problem}`;
		}
	}
}
