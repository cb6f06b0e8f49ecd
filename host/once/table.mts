import Table from 'cli-table3';
import type { ApiRequest, StationMessage } from '../controlClient.mts';
import type { Effect } from './effects.mts';

/** A row: what was done, what came of it at a station, and what the station does now. */
export interface Row {
	done: string;
	effect: Effect;
	now: string;
}

/** The table of a flow. */
export function tableOf(rows: readonly Row[]): string {
	const table = new Table({
		head: ['Run', 'Station', 'Request sent', 'OCPP message at the station', 'Answer', 'Now'],
		style: { head: [], border: [] },
	});
	for (const { done, effect, now } of rows) {
		const { stationId, requests, messages } = effect;
		table.push([
			done,
			stationId,
			linesOf(requests.map(describeRequest)),
			linesOf(messages.map(describeMessage)),
			linesOf(messages.map(describeAnswer)),
			now,
		]);
	}
	return table.toString();
}

/** A change of power, e.g. "110.0 → 18.4 kW". */
export const describePower = (beforeKw: number, afterKw: number): string =>
	`${beforeKw.toFixed(1)} → ${afterKw.toFixed(1)} kW`;

/** The lines of a cell, each once, with how often it came. */
function linesOf(lines: string[]): string {
	const counts = new Map<string, number>();
	for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
	const texts = [...counts].map(([line, count]) =>
		count === 1 ? line : `${line} (${count} times)`,
	);
	return texts.length === 0 ? 'none' : texts.join('\n');
}

/** A charging profile has up to a thousand periods: longer bodies are left out. */
const MOST_CHARACTERS = 50;

function describeRequest({ method, path, body }: ApiRequest): string {
	const line = `${method} ${path.replace('/api/chargingStations/', '…/')}`;
	const sent = body === undefined ? '' : JSON.stringify(body);
	return sent === '' || sent.length > MOST_CHARACTERS ? line : `${line}\n${sent}`;
}

interface ProfilePayload {
	chargingProfileId?: number;
	chargingProfile?: {
		chargingSchedule: Array<{
			chargingRateUnit: string;
			chargingSchedulePeriod: Array<{ limit: number }>;
		}>;
	};
}

/** The limits that a command sets, each once. */
export function limitsSent({ payload }: StationMessage): { unit: string; limits: number[] } {
	const { chargingProfile }: ProfilePayload = payload;
	const schedules = chargingProfile?.chargingSchedule ?? [];
	const limits = schedules.flatMap(({ chargingSchedulePeriod }) =>
		chargingSchedulePeriod.map(({ limit }) => limit),
	);
	return { unit: schedules[0]?.chargingRateUnit ?? '', limits: [...new Set(limits)] };
}

function describeMessage(message: StationMessage): string {
	const { action, payload } = message;
	const { unit, limits } = limitsSent(message);
	if (limits.length > 0) return `${action}\n${limits.join(', ')} ${unit}`;
	const { chargingProfileId }: ProfilePayload = payload;
	return chargingProfileId === undefined ? action : `${action}\nprofile ${chargingProfileId}`;
}

/** A station's answer to a command, e.g. "Accepted". */
export function describeAnswer({ answer, error }: StationMessage): string {
	if (error !== undefined) return error.code;
	return typeof answer?.status === 'string' ? answer.status : 'none';
}
