import { credentialsFor } from '../../host/credentials.mts';
import { byId } from '../support/chargerOperations.mts';
import { loadOptions, searchList } from '../support/engine.mts';
import { useSite } from '../support/site.mts';

const site = useSite();

const search = (method: string, options: Partial<Parameters<typeof searchList>[0]> = {}) =>
	searchList({
		type: 'chargerOperations',
		method,
		credential: credentialsFor(site).accessToken(),
		...options,
	});

describe('the list of stations', () => {
	it('shows name, location and ID, and the state apart, which the choice does not keep', async () => {
		const { results } = await search('searchStations');
		expect(results.map(({ value }) => value).sort()).toEqual([
			'DEPOT-DC-1',
			'OFFICE-AC-1',
			'OFFICE-AC-3',
		]);
		for (const { name, value, description } of results) {
			expect(name.split(' · ')).toEqual([expect.any(String), expect.any(String), value]);
			expect(description).toBe('Operative, Online');
		}
	});

	it('is searched by name, ID, location and status', async () => {
		const found = async (filter: string) =>
			(await search('searchStations', { filter })).results.map(({ value }) => value);
		expect(await found('depot-dc')).toEqual(['DEPOT-DC-1']);
		expect(await found(' DC-1  depot ')).toEqual(['DEPOT-DC-1']);
		expect(await found('depot lahti')).toEqual([]);
		expect(await found('OPERATIVE')).toHaveLength(3);
		expect(await found('nothing like it')).toEqual([]);
	});

	it('comes in pages', async () => {
		const stations = Array.from({ length: 120 }, (_, n) => ({ stationId: `S-${n}` }));
		await site.fault({ operationId: 'listStations', status: 200, body: { stations }, times: 3 });
		const ids: unknown[] = [];
		let paginationToken: string | undefined;
		const sizes: number[] = [];
		do {
			const page = await search('searchStations', { paginationToken });
			ids.push(...page.results.map(({ value }) => value));
			sizes.push(page.results.length);
			({ paginationToken } = page);
		} while (paginationToken !== undefined);
		expect(sizes).toEqual([50, 50, 20]);
		expect(new Set(ids).size).toBe(120);
		expect(ids[2]).toBe('S-2');
	});

	it.each(['chargerOperations', 'smartChargingProfile'])(
		'is the same for a field that takes several (%s)',
		async (type) => {
			const credential = credentialsFor(site).accessToken();
			const options = await loadOptions({ type, method: 'getStations', credential });
			expect(options).toEqual((await search('searchStations')).results);
		},
	);

	it('reports an answer that cannot be read', async () => {
		await site.fault({ operationId: 'listStations', status: 200, body: {} });
		await expect(search('searchStations')).rejects.toThrow('ChargEye’s answer cannot be read');
	});

	it('says why it is empty', async () => {
		const credential = credentialsFor(site).accessToken({ accessToken: 'wrong-token-4711' });
		await expect(search('searchStations', { credential })).rejects.toThrow(/ChargEye answered 401/);
	});
});

describe('the list of connectors', () => {
	it('shows the connectors of the chosen station', async () => {
		const { results } = await search('searchConnectors', {
			parameters: { stationId: byId('DEPOT-DC-1') },
		});
		expect(results.map(({ value }) => value)).toEqual(['1', 'DEPOT-DC-1_connector2']);
		expect(results.map(({ name }) => name)).toEqual([
			'CCS left · 1',
			expect.stringMatching(/ · DEPOT-DC-1_connector2$/),
		]);
		for (const { description } of results) expect(description).toBe('Available');
	});

	it('gives every ID unchanged, also if the API has numbers', async () => {
		const connectors = [
			{ connectorId: 3, name: null, type: 'CCS' },
			{ connectorId: 'charger1_connector2', name: 'Left' },
			{ connectorId: '12', name: 'Nozzle 1' },
		];
		const stations = [{ stationId: 4711, name: null, connectors }];
		await site.fault({ operationId: 'listStations', status: 200, body: { stations }, times: 2 });
		expect((await search('searchStations')).results).toEqual([{ name: '4711', value: '4711' }]);
		const parameters = { stationId: byId('4711') };
		expect((await search('searchConnectors', { parameters })).results).toEqual([
			{ name: 'Connector 3 · CCS', value: '3' },
			{ name: 'Left · charger1_connector2', value: 'charger1_connector2' },
			{ name: 'Nozzle 1 · 12', value: '12' },
		]);
	});

	it('asks for the station first', async () => {
		await expect(
			search('searchConnectors', { parameters: { stationId: byId('') } }),
		).rejects.toThrow('Choose a charging station first');
	});
});

it('the list of locations', async () => {
	const { results } = await search('searchLocations');
	expect(results).toEqual([
		{ name: 'Harbour Depot · Helsinki', value: 'loc-harbour-depot' },
		{ name: 'Head Office · Lahti', value: 'loc-head-office' },
	]);
});

describe('the list of time zones', () => {
	const found = async (filter: string) => {
		const options = { type: 'smartChargingProfile', credential: {}, filter };
		return (await search('searchTimezones', options)).results;
	};

	it('needs no account, and shows names, with the present offset apart', async () => {
		expect(await found('helsinki')).toEqual([
			{
				name: 'Europe/Helsinki',
				value: 'Europe/Helsinki',
				description: expect.stringMatching(/^\+0[23]:00$/) as string,
			},
		]);
	});

	it.each([
		['new york', 'America/New_York'],
		['York america', 'America/New_York'],
		['America/New_York', 'America/New_York'],
		['kyiv', 'Europe/Kyiv'],
		['kolkata', 'Asia/Kolkata'],
		['utc', 'UTC'],
		['+05:30 asia', 'Asia/Kolkata'],
	])('finds %s', async (filter, zone) => {
		expect((await found(filter)).map(({ value }) => value)).toContain(zone);
	});

	it('has every zone once, in pages', async () => {
		const all: unknown[] = [];
		let paginationToken: string | undefined;
		do {
			const options = { type: 'smartChargingProfile', credential: {}, paginationToken };
			const page = await search('searchTimezones', options);
			all.push(...page.results.map(({ value }) => value));
			({ paginationToken } = page);
		} while (paginationToken !== undefined);
		expect(all.length).toBeGreaterThan(400);
		expect(new Set(all).size).toBe(all.length);
	});
});
