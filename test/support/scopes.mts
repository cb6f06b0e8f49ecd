import { byId } from './byId.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
const AC1 = 'OFFICE-AC-1';

/** Scopes that both triggers have: what is entered, and the stations of the sandbox in each, in the sandbox’s order. */
export const SCOPES: ReadonlyArray<[string, Record<string, unknown>, string[]]> = [
	['a location', { scope: 'location', locationUid: byId('loc-head-office') }, [AC3, AC1]],
	[
		'chosen stations',
		{
			scope: 'stations',
			stations: { values: [{ stationId: byId(DC) }, { stationId: byId(AC1) }] },
		},
		[DC, AC1],
	],
	['every station', { scope: 'all' }, [DC, AC3, AC1]],
];
