import axe, { type AxeResults } from 'axe-core';
import axios from 'axios';
import type { Page } from 'playwright-core';

import type { StationState } from '../../host/controlClient.mts';
import { until } from '../../host/support/until.mts';

import { PICTURES, takePictures } from '../support/browser.mts';
import { areaOf, drawn, useSandboxPage } from '../support/sandboxPage.mts';
import { connectorIdOf, useSite } from '../support/site.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
const CONNECTOR = `Type 2 of ${AC3}`;

const site = useSite();
let page: Page;
useSandboxPage(site, (opened) => (page = opened));

const tile = (stationId: string) => page.locator(`[data-station=${stationId}]`);
const shown = (stationId: string, value: 'power' | 'limit', text: string) =>
	tile(stationId).locator(`.${value}`).filter({ hasText: text }).waitFor();

/** How many points of a station’s chart are in the colour of the power line. */
const pointsOfPower = (stationId: string) =>
	tile(stationId)
		.locator('canvas')
		.evaluate((element) => {
			// This function runs in the browser, whose types are not known here.
			const canvas = element as unknown as {
				width: number;
				height: number;
				getContext(kind: '2d'): {
					getImageData(...box: number[]): { data: Uint8ClampedArray };
				};
			};
			const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
			let points = 0;
			for (let index = 0; index < data.length; index += 4) {
				const [red, green, blue] = data.subarray(index, index + 3);
				if (red === 11 && green === 122 && blue === 83 && data[index + 3] === 255) points++;
			}
			return points;
		});

it('shows how a station’s power falls under a limit', async () => {
	await site.plugIn(AC3, 1);
	await shown(AC3, 'power', '22.1 kW');
	await shown(AC3, 'limit', 'Maximum, no limit set');
	await site.restClient.put(`/chargingStations/${AC3}/powerLimit`, { limit: { acMaxPowerKw: 9 } });
	await shown(AC3, 'limit', 'Limit');
	await shown(AC3, 'limit', '9.0 kW');
	await shown(AC3, 'power', '9.0 kW');
	expect(await pointsOfPower(AC3)).toBeGreaterThan(10);
});

it('shows one session at 60 times the speed exactly: its chart has the area that the meter counts', async () => {
	await site.setSpeed(60);
	await site.plugIn(AC3, 1, { batteryKwh: 8, soc: 60, phases: 3 });
	await shown(AC3, 'power', '22.1 kW');
	await site.restClient.put(`/chargingStations/${AC3}/powerLimit`, { limit: { acMaxPowerKw: 9 } });
	await until('the end of the session', 60, async () => {
		const { transaction } = (await site.station(AC3)).evses[0];
		return transaction === null || undefined;
	});
	await shown(AC3, 'power', '0.0 kW');
	const [{ energyKwh }] = (await site.station(AC3)).evses;
	const points = await drawn(page, AC3);
	expect(energyKwh).toBeGreaterThan(3);
	expect(areaOf(points)).toBeCloseTo(energyKwh, 3);
	for (const { powerKw, limitKw } of points) expect(powerKw).toBeLessThanOrEqual(limitKw);
});

describe('who set the limit', () => {
	const profile = {
		id: 77,
		stackLevel: 2,
		chargingProfilePurpose: 'TxDefaultProfile',
		chargingProfileKind: 'Absolute',
		chargingSchedule: [
			{
				id: 1,
				startSchedule: new Date(Date.now() - 60_000).toISOString(),
				duration: 7200,
				chargingRateUnit: 'W',
				chargingSchedulePeriod: [{ startPeriod: 0, limit: 6000 }],
			},
		],
	};
	const source = (text: string | RegExp) => tile(AC3).getByText(text).first().waitFor();

	it('is a power limit of the station, or of a connector', async () => {
		await site.restClient.put(`/chargingStations/${AC3}/powerLimit`, {
			limit: { acMaxPowerKw: 9 },
		});
		await source(
			'by the power limit of the station: profile 3000, ChargingStationMaxProfile, stack level 0',
		);
		await site.restClient.put(`/chargingStations/${AC3}/evse/${connectorIdOf(AC3, 1)}/powerLimit`, {
			limit: { acMaxPowerKw: 5 },
		});
		await source(/^Limit 5\.0 kW by the power limit of the connector: .*TxDefaultProfile/);
	});

	it('is a charging profile, until it ends; and why a car does not get more', async () => {
		await site.plugIn(AC3, 1);
		await source('The connector gives no more.');
		await axios.post(
			`${site.control}/stations/${AC3}/request`,
			{ action: 'SetChargingProfile', request: { evseId: 1, chargingProfile: profile } },
			{ proxy: false },
		);
		await source(
			/^by a charging profile of the connector: profile 77, TxDefaultProfile, stack level 2, until \d\d:\d\d:\d\d$/,
		);
		await source('The limit allows no more.');
	});
});

describe('by keyboard alone', () => {
	const press = async (name: string) => {
		await page.getByRole('button', { name, exact: true }).focus();
		await page.keyboard.press('Enter');
	};
	const choose = async (label: string, text: string) => {
		// Typing the first letters chooses in a list that has the focus.
		await page.getByLabel(label).focus();
		await page.keyboard.type(text);
		await page.keyboard.press('Enter');
	};
	const untilStation = (holds: (state: StationState) => boolean) =>
		until(`a change of ${AC3}`, 20, async () => holds(await site.station(AC3)) || undefined);
	const limitSet = () =>
		site.restClient.put(`/chargingStations/${AC3}/powerLimit`, { limit: { acMaxPowerKw: 9 } });

	it('plugs cars in, and unplugs them', async () => {
		await press(`Plug in: ${CONNECTOR}`);
		await shown(AC3, 'power', '22.1 kW');
		await press(`Unplug: ${CONNECTOR}`);
		await shown(AC3, 'power', '0.0 kW');
	});

	it('presents a card to a car that waits for it', async () => {
		await press(`Plug in without a card: ${CONNECTOR}`);
		await press(`Present card: ${CONNECTOR}`);
		await shown(AC3, 'power', '22.1 kW');
	});

	it('breaks a connector, and repairs it', async () => {
		await press(`Break: ${CONNECTOR}`);
		await untilStation(({ evses }) => evses[0].status === 'Faulted');
		await press(`Repair: ${CONNECTOR}`);
		await untilStation(({ evses }) => evses[0].status === 'Available');
	});

	it('takes a station offline, and brings it back', async () => {
		await press(`Take offline: ${AC3}`);
		await tile(AC3).getByText('offline').first().waitFor();
		expect((await limitSet()).status).not.toBe(200);
		await press(`Bring online: ${AC3}`);
		await tile(AC3).getByRole('button', { name: 'Take offline' }).waitFor();
	});

	it('lets a station refuse commands, and answer as usual again', async () => {
		await choose(`How ${AC3} answers commands`, 'with a ref');
		await untilStation(({ answers }) => answers[0]?.behaviour === 'refuse');
		expect((await limitSet()).data).toMatchObject({ response: 'Rejected' });
		await choose(`How ${AC3} answers commands`, 'as');
		await untilStation(({ answers }) => answers.length === 0);
		expect((await limitSet()).data).toMatchObject({ response: 'Accepted' });
	});

	it('lets a station refuse one command, and carry out the others', async () => {
		await choose(`Which commands to ${AC3}`, 'ClearC');
		await choose(`How ${AC3} answers commands`, 'with a ref');
		await untilStation(({ answers }) => answers.length === 1);
		expect((await limitSet()).data).toMatchObject({ response: 'Accepted' });
		const cleared = await site.restClient.delete(`/chargingStations/${AC3}/powerLimit`);
		expect(cleared.data).toMatchObject({ response: 'Unknown' });
	});

	it('sets the speed of the clock, and resets everything', async () => {
		await choose('Speed', '60');
		await until('the speed', 20, async () => (await site.speed()) === 60 || undefined);
		await limitSet();
		await shown(AC3, 'limit', '9.0 kW');
		await press('Reset');
		await shown(AC3, 'limit', 'Maximum, no limit set');
		expect(await site.speed()).toBe(1);
	});

	it('opens the values of a chart as a table', async () => {
		await tile(AC3).locator('summary').focus();
		await page.keyboard.press('Enter');
		await tile(AC3)
			.getByRole('row', { name: /0\.0 kW 22\.1 kW/ })
			.first()
			.waitFor();
	});
});

describe('requests and the OCPP messages that they caused', () => {
	const drawer = () => page.locator('details.requests');
	const row = (text: string | RegExp) => drawer().getByRole('row', { name: text }).first();
	const setLimit = () =>
		site.restClient.put(`/chargingStations/${AC3}/powerLimit`, { limit: { acMaxPowerKw: 9 } });

	it('stand side by side, with durations and bodies, by keyboard', async () => {
		await drawer().locator('> summary').focus();
		await page.keyboard.press('Enter');
		await setLimit();
		await row(
			/PUT \/api\/chargingStations\/OFFICE-AC-3\/powerLimit 200 [\d.]+ ms .*to OFFICE-AC-3 SetChargingProfile Accepted [\d.]+ ms/,
		).waitFor();
		await row(/SetChargingProfile/)
			.getByRole('button')
			.focus();
		await page.keyboard.press('Enter');
		const body = (name: string) => drawer().getByRole('region', { name, exact: true });
		await body('Request').getByText('"acMaxPowerKw": 9').waitFor();
		await body('Answer 200').getByText('"response": "Accepted"').waitFor();
		await body(`SetChargingProfile, ${AC3}`).getByText('"ChargingStationMaxProfile"').waitFor();
		await body(`Answer to SetChargingProfile, ${AC3}`).getByText('"Accepted"').waitFor();
		await pictureOfPage();
	});

	/** A picture for the README, if pictures are wanted. */
	async function pictureOfPage(): Promise<void> {
		if (PICTURES === undefined) return;
		await page.setViewportSize({ width: 1360, height: 1000 });
		await site.restClient.delete(`/chargingStations/${AC3}/powerLimit`);
		await site.plugIn(DC, 1, { maxPowerKw: 110 });
		await site.plugIn(AC3, 1);
		await pass(40);
		await site.restClient.put(`/chargingStations/${DC}/powerLimit`, {
			limit: { dcMaxPowerKw: 40 },
		});
		await setLimit();
		await pass(50);
		await page.locator('h1').scrollIntoViewIfNeeded();
		await takePictures(page, 'sandbox-page');
	}

	/** Lets some seconds pass quickly: a chart shows 120 s at the speed of real time. */
	async function pass(seconds: number): Promise<void> {
		const end = Date.parse(await site.now()) + seconds * 1000;
		await site.setSpeed(20);
		await until('the time', 20, async () => Date.parse(await site.now()) >= end || undefined);
		await site.setSpeed(1);
	}

	it('also messages without a request, only those of one station', async () => {
		await drawer().locator('> summary').click();
		await site.plugIn(AC3, 1);
		await drawer().getByLabel('Messages without a request').check();
		await row(/from OFFICE-AC-3 TransactionEvent Accepted/).waitFor();
		await row(/from DEPOT-DC-1 BootNotification Accepted/).waitFor();
		await drawer().getByLabel('Station').fill(AC3.toLowerCase());
		await row(/DEPOT-DC-1/).waitFor({ state: 'detached' });
		await row(/from OFFICE-AC-3 TransactionEvent/).waitFor();
	});

	it('show the last one also while the list is closed', async () => {
		await setLimit();
		await drawer()
			.getByText(`PUT /api/chargingStations/${AC3}/powerLimit 200 → SetChargingProfile Accepted`)
			.waitFor();
	});

	it('are forgotten by a reset', async () => {
		await drawer().locator('> summary').click();
		await setLimit();
		await row(/powerLimit/).waitFor();
		await site.reset();
		await row(/powerLimit/).waitFor({ state: 'detached' });
	});
});

it('says why the sandbox cannot do something', async () => {
	await site.plugIn(AC3, 1, { authorize: false });
	const button = tile(AC3).getByRole('button', { name: 'Present card' });
	await button.waitFor();
	await site.setFaulted(AC3, 1, true);
	await button.click();
	await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
});

it.each(['light', 'dark'] as const)('has no barriers that axe-core finds: %s', async (scheme) => {
	await page.emulateMedia({ colorScheme: scheme });
	await site.plugIn(AC3, 1);
	await shown(AC3, 'power', '22.1 kW');
	await tile(AC3).locator('summary').click();
	await page.locator('details.requests > summary').click();
	await site.restClient.put(`/chargingStations/${AC3}/powerLimit`, { limit: { acMaxPowerKw: 9 } });
	await page.getByRole('button', { name: /^Bodies: PUT/ }).click();
	await page.getByText('"acMaxPowerKw": 9').waitFor();
	await page.addScriptTag({ content: axe.source });
	const { violations } = await page.evaluate<AxeResults>('axe.run()');
	expect(
		violations.map(({ id, help, nodes }) => [id, help, nodes.map(({ html }) => html)]),
	).toEqual([]);
});
