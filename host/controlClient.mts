import axios, { type Method } from 'axios';
import type { ResetOptions } from '../sandbox/lifecycle.mts';
import type { stationState } from '../sandbox/control/stationState.mts';
import type { EventCounts } from '../sandbox/csms/transactionRecords.mts';
import type { StationMessages } from '../sandbox/ocpp/messages.mts';
import type { Fault } from '../sandbox/faults/fault.mts';
import type { FaultInForce } from '../sandbox/faults/faults.mts';
import type { LoggedRequest } from '../sandbox/rest/requestLog.mts';
import type { Expiry, TokenKind } from '../sandbox/rest/tokens.mts';
import type { ScenarioChoice, Scenarios } from '../sandbox/scenarios/scenarios.mts';
import type { SandboxState } from '../sandbox/state/state.mts';
import type { StationCapacity } from '../sandbox/stations/capacity.mts';
import type { CarSpec } from '../sandbox/stations/car.mts';
import type { LoggedMessage } from '../sandbox/ocpp/messageLog.mts';
import type { ScriptedAnswer } from '../sandbox/stations/scriptedAnswers.mts';
import type { StationSettings } from '../sandbox/stations/settings.mts';
import { messageOf, OperatorError } from './support/errors.mts';

/** What a simulated station really does. */
export type StationState = ReturnType<typeof stationState>;

/** A scenario and what has come of its steps. */
export type ScenarioState = ReturnType<Scenarios['state']>;

/** An OCPP message as the station saw it. */
export interface StationMessage extends LoggedMessage {
	payload: Record<string, unknown>;
	answer?: Record<string, unknown>;
}

/** A request that the sandbox's ChargEye API received. */
export interface ApiRequest extends LoggedRequest {
	query: Record<string, string>;
}

type CompositeSchedule = StationMessages['GetCompositeSchedule'];

/** The composite schedule that a station answers with. */
export type StationSchedule = NonNullable<CompositeSchedule['response']['schedule']>;

export type ControlClient = ReturnType<typeof controlClient>;

/**
 * What a person on site does and sees, through the sandbox's control API. Every action waits until the cloud knows of it.
 *
 * If the API refuses, every function throws an OperatorError with the status and the API's message.
 *
 * @param url the control API's base URL
 */
export function controlClient(url: string) {
	const http = axios.create({ baseURL: url, timeout: 30_000, proxy: false, validateStatus: null });

	async function request<T>(
		method: Method,
		path: string,
		data?: object,
		params?: Record<string, string | undefined>,
	): Promise<T> {
		const sent = http.request<T>({ method, url: path, data, params });
		const response = await sent.catch((error: unknown) => {
			throw new OperatorError(
				`The sandbox did not answer to ${method} ${path}: ${messageOf(error)}`,
			);
		});
		if (response.status < 400) return response.data;
		throw new OperatorError(
			`The sandbox refused ${method} ${path} (${response.status}): ${messageOf(response.data)}`,
		);
	}

	const stationPath = (stationId: string) => `/stations/${encodeURIComponent(stationId)}`;
	const evsePath = (stationId: string, evseId: number) =>
		`${stationPath(stationId)}/evse/${evseId}`;

	return {
		/** Resets stations, clock, logs and tokens. */
		async reset(options: ResetOptions = {}): Promise<void> {
			await request('POST', '/reset', options);
		},
		/** All that the sandbox knows, to be put back. */
		state: () => request<SandboxState>('GET', '/state'),
		/** Continues from a state. */
		async setState(state: object): Promise<void> {
			await request('PUT', '/state', state);
		},
		async stations(): Promise<StationState[]> {
			return (await request<{ stations: StationState[] }>('GET', '/stations')).stations;
		},
		station: (stationId: string) => request<StationState>('GET', stationPath(stationId)),
		/** Plugs in a car: by default nearly empty, taking all the power it gets, with a driver who presents a card. */
		plugIn: (
			stationId: string,
			evseId: number,
			car: Partial<CarSpec> & { authorize?: boolean } = {},
		) =>
			request<StationState>('POST', `${evsePath(stationId, evseId)}/plugIn`, {
				soc: 20,
				authorize: true,
				...car,
			}),
		/** A driver presents a card. */
		presentCard: (stationId: string, evseId: number) =>
			request<StationState>('POST', `${evsePath(stationId, evseId)}/presentCard`, {}),
		unplug: (stationId: string, evseId: number) =>
			request<StationState>('POST', `${evsePath(stationId, evseId)}/unplug`),
		/** Breaks an EVSE, or repairs it. */
		setFaulted: (stationId: string, evseId: number, faulted: boolean) =>
			request<StationState>(
				'POST',
				`${evsePath(stationId, evseId)}/${faulted ? 'fault' : 'clearFault'}`,
			),
		/** Breaks an EVSE whose transaction waits with an alarm. */
		raiseAlarm: (stationId: string, evseId: number) =>
			request<StationState>('POST', `${evsePath(stationId, evseId)}/fault`, {
				endsTransaction: false,
			}),
		/** Keeps an EVSE for one token; without one, lets everyone use it again. */
		reserve: (stationId: string, evseId: number, idToken: string | undefined) =>
			idToken === undefined
				? request<StationState>('POST', `${evsePath(stationId, evseId)}/cancelReservation`)
				: request<StationState>('POST', `${evsePath(stationId, evseId)}/reserve`, { idToken }),
		/** Cuts the station off from the cloud, or brings it back. */
		setOnline: (stationId: string, online: boolean) =>
			request<StationState>('POST', `${stationPath(stationId)}/connection`, { online }),
		/** Makes the station answer an action without carrying it out. */
		script: (stationId: string, answer: ScriptedAnswer) =>
			request<StationState>('POST', `${stationPath(stationId)}/answers`, answer),
		/** Changes how many charging profiles a station takes, and which one a new one replaces. */
		setCapacity: (stationId: string, capacity: Partial<StationCapacity>) =>
			request<StationState>('POST', `${stationPath(stationId)}/capacity`, capacity),
		/** Changes how well a station keeps profiles and time. */
		configure: (stationId: string, settings: Partial<StationSettings>) =>
			request<StationState>('POST', `${stationPath(stationId)}/settings`, settings),
		/** Makes the ChargEye API fail; once unless `times` says otherwise. */
		async fault(fault: Fault): Promise<void> {
			await request('POST', '/faults', { times: 1, ...fault });
		},
		async clearFaults(): Promise<void> {
			await request('DELETE', '/faults');
		},
		/** The faults of the ChargEye API in force. */
		faults: () => request<FaultInForce[]>('GET', '/faults'),
		/** Starts everything again without cars, then a scenario. */
		async startScenario(choice: ScenarioChoice): Promise<void> {
			await request('POST', '/scenario', choice);
		},
		/** The scenario that was started last since the last reset, or null. */
		async scenario(): Promise<ScenarioState> {
			return (await request<{ scenario: ScenarioState }>('GET', '/scenario')).scenario;
		},
		/** Expires the tokens of a kind, now unless the options say otherwise. */
		async expire(which: TokenKind, options: Omit<Expiry, 'which'> = {}): Promise<void> {
			await request('POST', '/tokens/expire', { which, ...options });
		},
		/** The simulated time, RFC 3339. */
		async now(): Promise<string> {
			return (await request<{ now: string }>('GET', '/clock')).now;
		},
		/** How many times as fast as real time the simulated time passes. */
		async speed(): Promise<number> {
			return (await request<{ speed: number }>('GET', '/clock')).speed;
		},
		/** Sets the simulated time; by default it then stands still. */
		async setClock(now: string, speed = 0): Promise<void> {
			await request('PUT', '/clock', { now, speed });
		},
		/** Sets how many times as fast as real time the simulated time passes; 0 stops it. */
		async setSpeed(speed: number): Promise<void> {
			await request('PUT', '/clock', { speed });
		},
		/** Asks the station over OCPP for its limits from now on, for a number of seconds. */
		async compositeSchedule(
			stationId: string,
			asked: CompositeSchedule['request'],
		): Promise<StationSchedule> {
			const path = `${stationPath(stationId)}/request`;
			const body = { action: 'GetCompositeSchedule', request: asked };
			const { schedule } = await request<CompositeSchedule['response']>('POST', path, body);
			if (schedule === undefined) throw new OperatorError(`${stationId} answers with no schedule.`);
			return schedule;
		},
		/** The OCPP messages that stations sent and received, oldest first; optionally only those of one station or action. */
		messages: (stationId?: string, action?: string) =>
			request<StationMessage[]>('GET', '/messages', undefined, { stationId, action }),
		/** How many TransactionEvents have arrived, and how many the stations have still to send. */
		events: () => request<EventCounts & { waiting: number }>('GET', '/events'),
		/** A request that the ChargEye API received, with the OCPP messages that it caused. */
		request: (id: number) =>
			request<ApiRequest & { messages: StationMessage[] }>('GET', `/requests/${id}`),
		/** The requests that the ChargEye API received, oldest first. */
		requests: () => request<ApiRequest[]>('GET', '/requests'),
	};
}
