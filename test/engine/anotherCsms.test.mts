// A sandbox whose simulated stations connect to another central system.
import { runProcess } from '../../host/support/processes.mts';
import type { Schema } from '../../nodes/shared/chargeye/contract.ts';
import { startOtherCsms, type OtherCsms } from '../support/otherCsms.mts';
import { startSite, type Site } from '../support/site.mts';

const IDS = ['DEPOT-DC-1', 'OFFICE-AC-1', 'OFFICE-AC-3'];
const PASSWORD = 's3cret?';

let csms: OtherCsms;
let site: Site;

/** The IDs of the stations that have booted. */
const booted = (): string[] =>
	csms.received
		.filter(({ method }) => method === 'BootNotification')
		.map(({ params }) => {
			return (params.chargingStation as { serialNumber: string }).serialNumber;
		});

describe('the simulated stations', () => {
	beforeAll(async () => {
		csms = await startOtherCsms();
		const address = csms.endpoint.replace('//', `//:${encodeURIComponent(PASSWORD)}@`);
		site = await startSite(['--csms', `${address}/ocpp/`]);
	});

	afterAll(async () => {
		await site.stop();
		await csms.close();
	});

	it('connect there with the password, which nobody is shown', () => {
		expect(booted().sort()).toEqual(IDS);
		expect(
			csms.clients.map(({ handshake }) => [handshake.password?.toString(), handshake.endpoint]),
		).toEqual(IDS.map(() => [PASSWORD, '/ocpp']));
		expect(site.csms).toBe(`${csms.endpoint}/ocpp`);
		expect(site.output()).not.toContain('s3cret');
	});

	it('do what a person on site does, and their messages are logged', async () => {
		await site.plugIn('OFFICE-AC-3', 1);
		expect(csms.events().map(({ triggerReason }) => triggerReason)).toEqual([
			'CablePluggedIn',
			'Authorized',
			'ChargingStateChanged',
		]);
		expect((await site.setOnline('OFFICE-AC-3', false)).connected).toBe(false);
		expect((await site.setOnline('OFFICE-AC-3', true)).connected).toBe(true);
		const messages = await site.messages('OFFICE-AC-3');
		expect(messages[0]).toMatchObject({
			direction: 'sent',
			action: 'BootNotification',
			answer: { status: 'Accepted' },
		});
		expect(messages.filter(({ action }) => action === 'TransactionEvent')).toHaveLength(3);
	});

	it('take its commands', async () => {
		const station = csms.clients.findLast(({ identity }) => identity === 'OFFICE-AC-3');
		expect(
			await station?.call('ChangeAvailability', {
				operationalStatus: 'Inoperative',
				evse: { id: 1 },
			}),
		).toEqual({ status: 'Scheduled' });
		expect((await site.station('OFFICE-AC-3')).evses[0].availability).toBe('InoperativeWhenIdle');
	});

	it('start again with a reset, with cars if they are wanted', async () => {
		const before = booted().length;
		await site.reset({ cars: true });
		expect(booted().slice(before).sort()).toEqual(IDS);
		await site.waitForPower('DEPOT-DC-1', 1, (powerKw) => powerKw > 100);
	});

	it('are offline in the API, and cannot be asked through it', async () => {
		const { data } = await site.restClient.get<{ stations: Schema<'Station'>[] }>('/stations');
		expect(data.stations.map(({ onlineStatus }) => onlineStatus)).toEqual(IDS.map(() => 'Offline'));
		await expect(site.compositeSchedule('DEPOT-DC-1', { evseId: 1, duration: 60 })).rejects.toThrow(
			`(409): DEPOT-DC-1 is connected to ${csms.endpoint}/ocpp: ask it from there`,
		);
	});
});

it('a central system that starts later is found', async () => {
	const former = await startOtherCsms();
	await former.close();
	site = await startSite(['--csms', former.endpoint]);
	try {
		expect((await site.stations()).map(({ connected }) => connected)).toEqual([
			false,
			false,
			false,
		]);
		expect(site.output()).toContain('DEPOT-DC-1: could not connect, tries again');
		csms = await startOtherCsms({}, Number(new URL(former.endpoint).port));
		await csms.waitFor('all stations', () => booted().length === IDS.length);
	} finally {
		await site.stop();
		await csms.close();
	}
}, 30_000);

it.each([
	['http://127.0.0.1', /^--csms must be the address of a central system: ws:/],
	['nonsense', /^--csms must be the address of a central system: ws:/],
	['ws://me:secret@127.0.0.1', /^--csms must have no user name \((?!.*secret)/],
	['ws://127.0.0.1/?a=b', /^--csms must have no user name .* no \?/],
])(
	'--csms %s is refused in a sentence',
	async (address, message) => {
		const args = ['--import', 'tsx', 'sandbox/main.mts', '--port', '0', '--ocpp-port', '0'];
		const { code, output } = await runProcess(process.execPath, [...args, '--csms', address]);
		expect([code, output]).toEqual([1, expect.stringMatching(message)]);
	},
	20_000,
);
