import Table from 'cli-table3';
import {
	controlClient,
	type ApiRequest,
	type ControlClient,
	type StationMessage,
} from './controlClient.mts';
import type { Execution, N8nClient, Workflow } from './n8nClient.mts';
import { OperatorError } from './support/errors.mts';
import { until } from './support/until.mts';

/** What one branch of the workflow did at one station. */
interface Effect {
	stationId: string;
	trigger: string;
	request?: ApiRequest;
	message?: StationMessage;
	/** Power that the station itself reports, kW. */
	beforeKw: number;
	afterKw: number;
	/** AC power that the branch allows, kW; undefined if the branch clears the limit. */
	limitKw?: number;
	/** Whether the power changed as the branch intends. */
	proven: boolean;
}

/** Stations follow a limit within a few seconds. */
const SECONDS_TO_FOLLOW = 15;

/**
 * Runs both branches of the peak-hour workflow in n8n, with a charging car at each of its stations,
 * and shows what each branch did.
 *
 * @param control the control API of the sandbox
 * @returns the exit code: 0 only if every station's power fell under the limit and came back
 */
export async function showPeakHour(
	client: N8nClient,
	workflow: Workflow,
	control: string,
	signal: AbortSignal,
): Promise<number> {
	const fleet = controlClient(control);
	const { limitKw, stations } = chosenStations(workflow);
	const powerKw = async (stationId: string) => (await fleet.station(stationId)).powerKw;

	for (const stationId of stations) {
		if ((await powerKw(stationId)) <= limitKw) await plugInAnew(fleet, stationId, 1);
		await until(
			`${stationId} to charge with more than ${limitKw} kW`,
			SECONDS_TO_FOLLOW,
			async () => ((await powerKw(stationId)) > limitKw ? true : undefined),
			signal,
		);
	}

	const branch = async (trigger: string, limit?: number): Promise<Effect[]> => {
		const before = new Map<string, { kw: number; requests: number; messages: number }>();
		for (const stationId of stations) {
			before.set(stationId, {
				kw: await powerKw(stationId),
				requests: (await changes(fleet, stationId)).length,
				messages: (await commands(fleet, stationId)).length,
			});
		}
		console.log(`Running "${workflow.name}" from "${trigger}" …`);
		reportFailure(await client.run(workflow.id, trigger));
		const effects: Effect[] = [];
		for (const [stationId, then] of before) {
			const reached = (kw: number) => (limit === undefined ? kw > limitKw : kw > 0 && kw <= limit);
			const proven = await becomesTrue(async () => reached(await powerKw(stationId)), signal);
			effects.push({
				stationId,
				trigger,
				request: (await changes(fleet, stationId)).at(then.requests),
				message: (await commands(fleet, stationId)).at(then.messages),
				beforeKw: then.kw,
				afterKw: await powerKw(stationId),
				limitKw: limit,
				proven,
			});
		}
		return effects;
	};

	const effects = [...(await branch('At 17:00', limitKw)), ...(await branch('At 20:00'))];
	console.log(`\n${table(effects)}\n`);
	const failed = effects.filter(({ proven }) => !proven);
	for (const { stationId, afterKw, limitKw: limit } of failed) {
		console.error(
			limit === undefined
				? `${stationId} still charges with ${afterKw} kW, although its limit was cleared.`
				: `The power of ${stationId} did not fall under the limit of ${limit} kW: it charges with ${afterKw} kW.`,
		);
	}
	if (failed.length > 0) return 1;
	console.log(
		`The power of ${stations.join(' and ')} fell under ${limitKw} kW at 17:00 and came back at 20:00.`,
	);
	return 0;
}

/** Plugs in a car that takes all the power it gets, in place of the present one. */
async function plugInAnew(fleet: ControlClient, stationId: string, evseId: number): Promise<void> {
	const { evses } = await fleet.station(stationId);
	if (evses.some((evse) => evse.evseId === evseId && evse.cable)) {
		await fleet.unplug(stationId, evseId);
	}
	await fleet.plugIn(stationId, evseId);
}

/** The commands that a station received by OCPP, oldest first. */
async function commands(fleet: ControlClient, stationId: string): Promise<StationMessage[]> {
	return (await fleet.messages(stationId)).filter(({ direction }) => direction === 'received');
}

/** The requests for one station that changed something, oldest first. */
async function changes(fleet: ControlClient, stationId: string): Promise<ApiRequest[]> {
	const part = `/chargingStations/${encodeURIComponent(stationId)}/`;
	return (await fleet.requests()).filter(
		({ method, path }) => method !== 'GET' && path.includes(part),
	);
}

/** The workflow's limit and stations. */
function chosenStations({ nodes }: Workflow): { limitKw: number; stations: string[] } {
	const parameters = nodes.find(({ name }) => name === 'Set Power Limit')?.parameters;
	if (parameters === undefined) throw new OperatorError('The workflow chooses no stations.');
	const { limitValue, stationIds } = parameters as { limitValue: number; stationIds: string[] };
	return { limitKw: limitValue, stations: stationIds };
}

function reportFailure({ status, data }: Execution): void {
	if (status === 'success') return;
	console.error(`The run ended with "${status}": ${data.resultData.error?.message ?? ''}`);
}

async function becomesTrue(probe: () => Promise<boolean>, signal: AbortSignal): Promise<boolean> {
	const end = Date.now() + SECONDS_TO_FOLLOW * 1000;
	const outcome = async () => {
		const reached = await probe();
		return reached || Date.now() > end ? reached : undefined;
	};
	return await until('the power of the station', SECONDS_TO_FOLLOW + 60, outcome, signal);
}

function table(effects: Effect[]): string {
	const rows = new Table({
		head: ['Branch', 'Station', 'Request sent', 'OCPP message at the station', 'Answer', 'Power'],
		style: { head: [], border: [] },
	});
	for (const { trigger, stationId, request, message, beforeKw, afterKw, limitKw } of effects) {
		const limit = limitKw === undefined ? 'no limit' : `limit ${limitKw} kW`;
		rows.push([
			trigger,
			stationId,
			request === undefined ? 'none' : describeRequest(request),
			message === undefined ? 'none' : describeMessage(message),
			message === undefined ? 'none' : describeAnswer(message),
			`${beforeKw.toFixed(1)} → ${afterKw.toFixed(1)} kW\n${limit}`,
		]);
	}
	return rows.toString();
}

function describeRequest({ method, path, body }: ApiRequest): string {
	const sent = body === undefined ? '' : `\n${JSON.stringify(body)}`;
	return `${method} ${path.replace('/api/chargingStations/', '…/')}${sent}`;
}

interface LimitPayload {
	chargingProfileId?: number;
	chargingProfile?: {
		chargingSchedule: Array<{
			chargingRateUnit: string;
			chargingSchedulePeriod: Array<{ limit: number }>;
		}>;
	};
}

function describeMessage({ action, payload }: StationMessage): string {
	const { chargingProfile, chargingProfileId }: LimitPayload = payload;
	const schedule = chargingProfile?.chargingSchedule[0];
	if (schedule !== undefined) {
		const limits = schedule.chargingSchedulePeriod.map(({ limit }) => limit);
		return `${action}\n${limits.join(', ')} ${schedule.chargingRateUnit}`;
	}
	return chargingProfileId === undefined ? action : `${action}\nprofile ${chargingProfileId}`;
}

function describeAnswer({ answer, error }: StationMessage): string {
	if (error !== undefined) return error.code;
	return typeof answer?.status === 'string' ? answer.status : 'none';
}
