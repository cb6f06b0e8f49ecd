import type { ApiRequest, ControlClient, StationMessage } from '../controlClient.mts';
import { OperatorError } from '../support/errors.mts';
import { until } from '../support/until.mts';
import type { N8nClient, Workflow } from '../n8nClient.mts';

/** What a run of a workflow did at one station. */
export interface Effect {
	stationId: string;
	/** Requests that changed something, oldest first. */
	requests: ApiRequest[];
	/** Commands that the station received by OCPP, oldest first. */
	messages: StationMessage[];
	/** Power that the station itself reports, kW. */
	beforeKw: number;
}

/** What each flow needs to run and to look at the stations. */
export interface Scene {
	client: N8nClient;
	fleet: ControlClient;
	signal: AbortSignal;
}

/** Stations follow a limit within a few seconds. */
const SECONDS_TO_FOLLOW = 15;

/** Does something, and says what came of it at each station. */
export async function effectsAtAll(
	fleet: ControlClient,
	action: () => Promise<unknown>,
): Promise<Effect[]> {
	const before = await logs(fleet);
	await action();
	const after = await logs(fleet);
	return [...after].map(([stationId, { requests, messages }]): Effect => {
		const then = before.get(stationId)!;
		return {
			stationId,
			requests: requests.slice(then.requests.length),
			messages: messages.slice(then.messages.length),
			beforeKw: then.powerKw,
		};
	});
}

/**
 * Does something, and says what came of it at the stations that it reached, whichever those are.
 * @throws OperatorError if it reached none
 */
export async function effectsOf(
	fleet: ControlClient,
	what: string,
	action: () => Promise<unknown>,
): Promise<Effect[]> {
	const effects = await effectsAtAll(fleet, action);
	const reached = effects.filter(({ requests, messages }) => requests.length + messages.length > 0);
	if (reached.length > 0) return reached;
	throw new OperatorError(`${what} sent no command to any station.`);
}

async function logs(fleet: ControlClient) {
	const [stations, requests, messages] = await Promise.all([
		fleet.stations(),
		fleet.requests(),
		fleet.messages(),
	]);
	return new Map(
		stations.map(({ stationId, powerKw }) => {
			const part = `/chargingStations/${encodeURIComponent(stationId)}/`;
			return [
				stationId,
				{
					powerKw,
					requests: requests.filter(({ method, path }) => method !== 'GET' && path.includes(part)),
					messages: messages.filter(
						(message) => message.stationId === stationId && message.direction === 'received',
					),
				},
			];
		}),
	);
}

/** Runs a workflow by hand from a trigger; a run that fails is reported, because a part of it may have worked. */
export async function runFrom(
	{ client }: Scene,
	{ id, name }: Workflow,
	trigger: string,
): Promise<void> {
	console.log(`Running "${name}" from "${trigger}" …`);
	const { status, data } = await client.run(id, trigger);
	if (status === 'success') return;
	console.error(`The run ended with "${status}": ${data.resultData.error?.message ?? ''}`);
}

/** Whether a station gets there within some seconds, and the power (kW) at the end. */
export async function follows(
	{ fleet, signal }: Scene,
	stationId: string,
	reached: (powerKw: number) => boolean,
): Promise<{ proven: boolean; afterKw: number }> {
	const end = Date.now() + SECONDS_TO_FOLLOW * 1000;
	return await until(
		`the power of ${stationId}`,
		SECONDS_TO_FOLLOW + 60,
		async () => {
			const { powerKw } = await fleet.station(stationId);
			const proven = reached(powerKw);
			return proven || Date.now() > end ? { proven, afterKw: powerKw } : undefined;
		},
		signal,
	);
}
