import type { ChargeEyeClient } from '../chargeye/client';
import type { QueryOf } from '../chargeye/contract';
import { hasLabel, isAt, stationIdOf, stationsOf, type Station } from '../chargeye/stations';
import { NotFoundError } from '../node/operation';

/** Which charging stations are watched. */
export type StationScope =
	| { type: 'all' }
	| { type: 'label'; label: string }
	| { type: 'location'; locationUid: string }
	| { type: 'stations'; stationIds: string[] };

/** Reads the charging stations in scope, with one request. @throws what `send` throws */
export async function stationsIn(
	scope: StationScope,
	send: ChargeEyeClient['send'],
): Promise<Station[]> {
	const list = async (query?: QueryOf<'listStations'>) =>
		stationsOf(await send({ endpoint: 'listStations', query }));
	switch (scope.type) {
		case 'all':
			return await list();
		case 'label':
			return (await list()).filter(hasLabel(scope.label));
		case 'location': {
			const { locationUid } = scope;
			return (await list({ locationUid })).filter(isAt(locationUid));
		}
		case 'stations': {
			// How to send several IDs is not published: one station is requested by its ID, several are picked from all.
			const [stationId, ...others] = scope.stationIds;
			const listed = await list(others.length === 0 ? { stationIds: [stationId] } : undefined);
			return listed.filter((station) => scope.stationIds.includes(stationIdOf(station)));
		}
	}
}

/** @throws NotFoundError if the API does not show what was chosen: a trigger on it would never fire */
export function checkStations(scope: StationScope, found: readonly Station[]): void {
	if (scope.type === 'label' && found.length === 0) {
		throw new NotFoundError(
			`No charging station has the label ${scope.label}`,
			'Check the label in ChargEye, or choose another scope.',
		);
	}
	if (scope.type !== 'stations') return;
	const missing = scope.stationIds.filter(
		(stationId) => !found.some((station) => stationIdOf(station) === stationId),
	);
	if (missing.length === 0) return;
	throw new NotFoundError(
		`ChargEye knows no charging station ${missing.join(', ')}`,
		'Choose the charging stations from the list, or check the IDs.',
	);
}
