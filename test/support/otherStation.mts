import type { AddressInfo } from 'node:net';
import { RPCClient } from 'ocpp-rpc';
import { SimulatedClock } from '../../sandbox/clock.mts';
import { Csms, type CsmsOptions } from '../../sandbox/csms/csms.mts';
import { STATIONS } from '../../sandbox/fleet.mts';
import { MessageLog } from '../../sandbox/ocpp/messageLog.mts';
import { RPC_OPTIONS } from '../../sandbox/ocpp/rpcOptions.mts';

/** The time at which a test's central system stands still. */
export const TIME = '2026-03-01T10:00:00.000Z';

/** A central system of the sandbox, without simulated stations. */
export async function startCsms(options: Partial<CsmsOptions> = {}) {
	const clock = new SimulatedClock({ now: Date.parse(TIME), speed: 0 });
	const messages = new MessageLog(clock);
	const csms = new Csms({ clock, messages, assets: STATIONS, answerTimeoutMs: 1000, ...options });
	await new Promise<void>((resolve) => void csms.server.listen(0, '127.0.0.1', resolve));
	const { port } = csms.server.address() as AddressInfo;
	return {
		csms,
		clock,
		messages,
		endpoint: `ws://127.0.0.1:${port}`,
		close: async () => {
			clock.stop();
			await csms.close();
		},
	};
}

/** A station that is not the sandbox's: only ocpp-rpc, which checks every message by OCPP's schemas. */
export function otherStation(endpoint: string, identity: string, wsOpts: object = {}): RPCClient {
	const options = { ...RPC_OPTIONS, identity, endpoint, reconnect: false, wsOpts };
	// All options have defaults, whatever their type says.
	const station = new RPCClient(options as unknown as ConstructorParameters<typeof RPCClient>[0]);
	// It knows no variables.
	station.handle('GetVariables', ({ params }) => {
		const { getVariableData } = params as { getVariableData: object[] };
		return Promise.resolve({
			getVariableResult: getVariableData.map((variable) => ({
				attributeStatus: 'UnknownVariable',
				...variable,
			})),
		});
	});
	return station;
}

/** Lets a station connect and boot, and waits until the central system has asked for its variables. */
export async function boot(station: RPCClient): Promise<void> {
	const asked = new Promise<void>((resolve) => {
		station.on('callResult', ({ method }: { method: string }) => {
			if (method === 'GetVariables') resolve();
		});
	});
	await station.connect();
	await station.call('BootNotification', {
		reason: 'PowerUp',
		chargingStation: { model: 'Other', vendorName: 'Other' },
	});
	await asked;
}
