import { setTimeout as pass } from 'node:timers/promises';

import type { Site } from './site.mts';

const CONNECTORS = [
	['DEPOT-DC-1', 1],
	['DEPOT-DC-1', 2],
	['OFFICE-AC-3', 1],
	['OFFICE-AC-1', 1],
] as const;

/** The data of a charging session from which its events follow. */
export interface Session {
	txId: string;
	chargedEnergyKwh: number;
}

interface SessionPage {
	transactions: Session[];
	lastEvaluatedKey?: object;
}

const between = (from: number, to: number) => from + Math.random() * (to - from);

/** Cars come to every connector and leave, this many in all. */
export async function driveSessions(site: Site, sessions: number): Promise<void> {
	const driveTo = async ([stationId, evseId]: (typeof CONNECTORS)[number]) => {
		for (let session = 0; session < sessions / CONNECTORS.length; session++) {
			await site.plugIn(stationId, evseId);
			await pass(between(200, 4000));
			await site.unplug(stationId, evseId);
			await pass(between(0, 1500));
		}
	};
	await Promise.all(CONNECTORS.map(driveTo));
}

/**
 * Takes half of the stations without cars offline, or brings them back, each at its own moment.
 * @param half 0 or 1
 * @returns what a trigger should report: "SITE-001-DC-01 stationOffline"
 */
export async function switchStations(site: Site, half: number, online: boolean): Promise<string[]> {
	const withCars = CONNECTORS.map(([stationId]): string => stationId);
	const stations = (await site.stations())
		.map(({ stationId }) => stationId)
		.filter((stationId) => !withCars.includes(stationId))
		.filter((_, index) => index % 2 === half);
	const switchOne = async (stationId: string) => {
		await pass(between(0, 4000));
		await site.setOnline(stationId, online);
		return `${stationId} ${online ? 'stationOnline' : 'stationOffline'}`;
	};
	return await Promise.all(stations.map(switchOne));
}

/** Every session in the sandbox. */
export async function sessionsAt(site: Site): Promise<Session[]> {
	const sessions: Session[] = [];
	const params: Record<string, string> = {};
	for (let last = false; !last; ) {
		const page: SessionPage = (await site.restClient.get<SessionPage>('/transactions', { params }))
			.data;
		sessions.push(...page.transactions);
		last = page.lastEvaluatedKey === undefined;
		params.exclusiveStartKey = JSON.stringify(page.lastEvaluatedKey);
	}
	return sessions;
}

/** The events of a session that charged once and has ended, in order. @param energyKwh of `energyReached` */
export const eventsOf = ({ chargedEnergyKwh }: Session, energyKwh: number): string[] => [
	'transactionStarted',
	'authorized',
	'chargingStarted',
	...(chargedEnergyKwh >= energyKwh ? ['energyReached'] : []),
	'chargingStopped',
	'transactionEnded',
];
