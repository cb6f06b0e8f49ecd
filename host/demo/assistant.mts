import type { Model, ModelMessage, ModelReply } from './model.mts';

const STATION = /\b[A-Z0-9]+(?:-[A-Z0-9]+)+\b/;
const KILOWATTS = /(-?\d+(?:[.,]\d+)?)\s*kW/i;

const HELP =
	'I stand in for a language model, and know four sentences: “Limit DEPOT-DC-1 to 50 kW”, “Lift the limit of DEPOT-DC-1”, “Restart OFFICE-AC-1”, and “Which stations are there?”';

/** A command that the workflow lets through only after a person approved it. */
const command = (tool: string, toolParameters: Record<string, unknown>): ModelReply => ({
	tool,
	input: { toolParameters, hitlParameters: {} },
});

/** What a message of the user asks for. */
function replyTo(text: string): ModelReply {
	const [stationId] = STATION.exec(text) ?? [];
	const [, kilowatts] = KILOWATTS.exec(text) ?? [];
	if (stationId !== undefined && kilowatts !== undefined) {
		const limit = Number(kilowatts.replace(',', '.'));
		return command('Set_Power_Limit', { station_id: stationId, limit_kw: limit });
	}
	if (stationId !== undefined && /lift|clear|remove/i.test(text)) {
		return command('Clear_Power_Limit', { station_id: stationId });
	}
	if (stationId !== undefined && /restart|reboot/i.test(text)) {
		return command('Restart_Station', { station_id: stationId });
	}
	if (/which|list|station|charger/i.test(text)) return { tool: 'Find_Stations', input: {} };
	return HELP;
}

interface Answer {
	error?: string;
	message?: string;
	name?: string;
	stationId?: string;
	currentPowerKw?: number | null;
}

/** The answer of a tool as a text for the user. */
function textOf({ content }: ModelMessage): string {
	const text = content ?? '';
	if (!text.startsWith('[')) return text;
	const lines = (JSON.parse(text) as Answer[]).map(
		({ error, message, name, stationId, currentPowerKw }) =>
			error ??
			message ??
			`${stationId} (${name}) draws ${currentPowerKw ?? 'an unknown number of'} kW`,
	);
	return lines.join('\n');
}

/** Stands in for a language model in the demonstration, by fixed rules. */
export const assistant: Model = (messages) => {
	const latest = messages[messages.length - 1];
	return latest.role === 'tool' ? textOf(latest) : replyTo(latest.content ?? '');
};
