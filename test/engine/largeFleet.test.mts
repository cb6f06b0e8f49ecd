// A sandbox with more stations than the three that are always there.
import { until } from '../../host/support/until.mts';
import type { Schema } from '../../nodes/shared/chargeye/contract.ts';
import { useSite } from '../support/site.mts';

const site = useSite(['--stations', '30', '--page-size', '1000']);

const get = async <T,>(path: string): Promise<T> => (await site.restClient.get<T>(path)).data;
const stations = async () => (await get<{ stations: Schema<'Station'>[] }>('/stations')).stations;

it('has as many stations as were asked for, at locations that the API lists', async () => {
	const all = await stations();
	expect(all).toHaveLength(30);
	expect(all.every(({ onlineStatus }) => onlineStatus === 'Online')).toBe(true);
	const { locations } = await get<{ locations: Schema<'Location'>[] }>('/locations');
	expect(locations.map(({ name }) => name)).toEqual([
		'Harbour Depot',
		'Head Office',
		'Site 001',
		'Site 002',
	]);
	expect(new Set(all.map(({ locationUid }) => locationUid))).toEqual(
		new Set(locations.map(({ id }) => id)),
	);
});

it('has a car at every generated station from the start, if cars are wanted', async () => {
	await site.reset({ cars: true });
	const charging = (await stations()).filter(({ currentPowerKw }) => (currentPowerKw ?? 0) > 0);
	expect(charging).toHaveLength(29);
	const limit = { limit: { dcMaxPowerKw: 20 } };
	await site.restClient.put('/chargingStations/SITE-001-DC-01/powerLimit', limit);
	await site.waitForPower('SITE-001-DC-01', 1, (powerKw) => powerKw === 20);
	expect(await site.events()).toMatchObject({ missing: 0, repeated: 0 });
});

it('loses no event and no energy at a high speed', async () => {
	await site.reset({ cars: true });
	await site.setSpeed(3600);
	await until('every car to be full', 120, async () => {
		const evses = (await site.stations()).flatMap((station) => station.evses);
		return evses.every(({ transaction }) => transaction === null) ? true : undefined;
	});
	await site.setSpeed(0);
	await until('every event to arrive', 60, async () =>
		(await site.events()).waiting === 0 ? true : undefined,
	);
	expect(await site.events()).toMatchObject({ missing: 0, repeated: 0 });
	const { transactions } = await get<{ transactions: Schema<'Transaction'>[] }>('/transactions');
	expect(transactions).toHaveLength(29);
	for (const { stationId, evseId, status, chargedEnergyKwh } of transactions) {
		const { evses } = await site.station(stationId!);
		const evse = evses.find((candidate) => candidate.energyKwh > 0)!;
		expect([stationId, evseId, status, chargedEnergyKwh]).toEqual([
			stationId,
			evseId,
			'Ended',
			expect.closeTo(evse.energyKwh, 3),
		]);
	}
}, 200_000);
