import express from 'express';
import { HttpError } from '../http/httpError.mts';
import type { Lifecycle, ResetOptions } from '../lifecycle.mts';
import { StateError } from '../state/state.mts';
import type { SimulatedFleet } from '../stations/simulatedFleet.mts';
import { stationState } from './stationState.mts';

export interface LifecycleHandlerOptions {
	lifecycle: Lifecycle;
	fleet: SimulatedFleet;
}

/** A state with many transactions is large. */
export const stateBody = express.json({ limit: '200mb' });

/** Starts again from nothing or from a state, and shows the state. */
export function lifecycleHandlers({ lifecycle, fleet }: LifecycleHandlerOptions) {
	const stations = () => ({ stations: fleet.all().map(stationState) });
	return {
		reset: async ({ body }: { body: ResetOptions | undefined }) => {
			await lifecycle.reset(body);
			return stations();
		},
		getState: () => lifecycle.state(),
		setState: async ({ body }: { body: object }) => {
			try {
				await lifecycle.continueFrom(body);
			} catch (error) {
				throw error instanceof StateError ? new HttpError(400, error.message) : error;
			}
			return stations();
		},
	};
}
