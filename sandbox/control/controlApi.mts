import type { Document } from 'openapi-backend';
import type { SimulatedClock } from '../clock.mts';
import type { Card, Cards } from '../csms/cards.mts';
import type { EventCounts } from '../csms/transactionRecords.mts';
import { HttpError } from '../http/httpError.mts';
import { withGatewayErrors } from '../http/gatewayErrors.mts';
import { localOnly } from '../http/localOnly.mts';
import { openApiServer, type OpenApiServer } from '../http/openApiServer.mts';
import type { MessageLog } from '../ocpp/messageLog.mts';
import type { IdToken } from '../ocpp/messages.mts';
import type { RequestLog } from '../rest/requestLog.mts';
import type { StationCapacity } from '../stations/capacity.mts';
import type { CarSpec } from '../stations/car.mts';
import { EvseStateError, type Evse } from '../stations/evse.mts';
import { EFFICIENCY } from '../stations/firstCars.mts';
import { NoSuchAnswerError, type ScriptedAnswer } from '../stations/scriptedAnswers.mts';
import type { StationSettings } from '../stations/settings.mts';
import type { Station } from '../stations/station.mts';
import type { Scenarios } from '../scenarios/scenarios.mts';
import { faultHandlers, type FaultHandlerOptions } from './faultHandlers.mts';
import {
	lifecycleHandlers,
	stateBody,
	type LifecycleHandlerOptions,
} from './lifecycleHandlers.mts';
import { scenarioHandlers } from './scenarioHandlers.mts';
import { stationState } from './stationState.mts';

export interface ControlApiOptions extends FaultHandlerOptions, LifecycleHandlerOptions {
	/** control.yaml. */
	document: Document;
	clock: SimulatedClock;
	cards: Cards;
	scenarios: Scenarios;
	messages: MessageLog;
	requests: RequestLog;
	/** How many TransactionEvents the cloud has received. */
	events: () => EventCounts;
	/** Resolves when the cloud has noticed that a station is online, or offline. */
	cloudSees: (stationId: string, online: boolean) => Promise<void>;
	/** Sends any station an OCPP request, and resolves with its answer. */
	send: (stationId: string, action: string, request: object) => Promise<unknown>;
	/** Whether the cloud knows a station, simulated or not. */
	isRegistered: (stationId: string) => boolean;
}

interface OfStation {
	params: { stationId: string };
}

interface OfEvse {
	params: { stationId: string; evseId: number };
}

type PlugInBody = Partial<CarSpec> & { authorize?: boolean; idToken?: string };

const DEFAULT_CARD = '04A1B2C3D4E5F6';

const card = (idToken = DEFAULT_CARD): IdToken => ({ idToken, type: 'ISO14443' });

/** The API with which tests and demos play drivers, cars and the grid. */
export function controlApi(options: ControlApiOptions): Promise<OpenApiServer> {
	const { cards, clock, fleet, messages, requests } = options;

	const stationOf = ({ params: { stationId } }: OfStation): Station => {
		const station = fleet.get(stationId);
		if (!station) throw new HttpError(404, `There is no simulated station ${stationId}.`);
		return station;
	};
	const evseOf = ({ params }: OfEvse): { station: Station; evse: Evse } => {
		const station = stationOf({ params });
		const evse = station.evse(params.evseId);
		if (!evse) throw new HttpError(404, `${params.stationId} has no EVSE ${params.evseId}.`);
		return { station, evse };
	};
	/** Does something to an EVSE, waits until the cloud has heard of it, and shows the outcome. */
	const act = async (
		request: OfEvse,
		action: (station: Station, evse: Evse) => void | Promise<void>,
	) => {
		const { station, evse } = evseOf(request);
		try {
			await action(station, evse);
		} catch (error) {
			throw error instanceof EvseStateError ? new HttpError(409, error.message) : error;
		}
		await station.link.settled();
		return stationState(station);
	};
	const clockState = () => ({ now: clock.timestamp(), speed: clock.speed });

	return openApiServer({
		document: options.document,
		before: [localOnly, stateBody],
		handlers: withGatewayErrors({
			listSimulatedStations: () => ({ stations: fleet.all().map(stationState) }),
			getSimulatedStation: (request: OfStation) => stationState(stationOf(request)),
			setConnection: async (request: OfStation & { body: { online: boolean } }) => {
				const station = stationOf(request);
				const { online } = request.body;
				if (online) await station.link.connect();
				else await station.link.disconnect({ lost: true });
				await options.cloudSees(station.asset.stationId, online);
				await station.link.settled();
				return stationState(station);
			},
			scriptAnswer: (request: OfStation & { body: ScriptedAnswer }) => {
				const station = stationOf(request);
				try {
					station.link.script.set(request.body);
				} catch (error) {
					throw error instanceof NoSuchAnswerError ? new HttpError(400, error.message) : error;
				}
				return stationState(station);
			},
			setCapacity: (request: OfStation & { body: Partial<StationCapacity> }) => {
				const station = stationOf(request);
				const { settings } = station.profiles;
				settings.capacity = { ...settings.capacity, ...request.body };
				return stationState(station);
			},
			configure: (request: OfStation & { body: Partial<StationSettings> }) => {
				const station = stationOf(request);
				station.configure(request.body);
				return stationState(station);
			},
			sendRequest: ({
				params: { stationId },
				body: { action, request },
			}: OfStation & { body: { action: string; request: object } }) => {
				if (options.isRegistered(stationId)) return options.send(stationId, action, request);
				throw new HttpError(404, `There is no charging station ${stationId}.`);
			},
			plugIn: (request: OfEvse & { body: PlugInBody | undefined }) =>
				act(request, async (station, evse) => {
					const { authorize, idToken, ...car } = request.body ?? {};
					station.plugIn(evse, { ...defaultCar(station, evse), ...car });
					if (authorize) await station.presentCard(evse, card(idToken));
				}),
			presentCard: (request: OfEvse & { body: { idToken?: string } | undefined }) =>
				act(request, (station, evse) => station.presentCard(evse, card(request.body?.idToken))),
			unplug: (request: OfEvse) => act(request, (station, evse) => station.unplug(evse)),
			fault: (request: OfEvse & { body: { endsTransaction?: boolean } | undefined }) =>
				act(request, (station, evse) => station.fault(evse, request.body)),
			clearFault: (request: OfEvse) => act(request, (station, evse) => station.clearFault(evse)),
			reserve: (request: OfEvse & { body: { idToken: string } }) =>
				act(request, (station, evse) => station.reserve(evse, request.body.idToken)),
			cancelReservation: (request: OfEvse) =>
				act(request, (station, evse) => station.cancelReservation(evse)),
			getClock: clockState,
			setClock: ({ body: { now, speed } }: { body: { now?: string; speed?: number } }) => {
				clock.set({ now: now === undefined ? undefined : Date.parse(now), speed });
				return clockState();
			},
			getCards: () => ({ cards: cards.list }),
			setCards: ({
				body,
			}: {
				body: { cards: Array<Partial<Card> & { idToken: string }> | null };
			}) => {
				cards.set(body.cards?.map((card) => ({ status: 'Accepted', ...card })) ?? null);
				return { cards: cards.list };
			},
			listMessages: ({ query }: { query: { stationId?: string; action?: string } }) =>
				messages
					.all()
					.filter(({ stationId }) => stationId === (query.stationId ?? stationId))
					.filter(({ action }) => action === (query.action ?? action)),
			countEvents: () => ({ ...options.events(), waiting: fleet.waitingEvents }),
			getMessage: ({ params: { messageId } }: { params: { messageId: string } }) => {
				const message = messages.all().find((one) => one.messageId === messageId);
				if (message) return message;
				throw new HttpError(404, `There is no message ${messageId}, or no longer.`);
			},
			listRequests: () => requests.all(),
			getRequest: ({ params: { requestId } }: { params: { requestId: number } }) => {
				const request = requests.all().find(({ id }) => id === requestId);
				if (!request) throw new HttpError(404, `There is no request ${requestId}, or no longer.`);
				return {
					...request,
					messages: messages.all().filter((one) => one.requestId === requestId),
				};
			},
			...faultHandlers(options),
			...scenarioHandlers(options.scenarios),
			...lifecycleHandlers(options),
		}),
	});
}

/** A car that takes all the power that the EVSE gives. */
function defaultCar({ asset }: Station, evse: Evse): CarSpec {
	return {
		batteryKwh: 77,
		soc: 40,
		maxPowerKw: evse.asset.maxPowerW / 1000,
		phases: asset.phases,
		efficiency: EFFICIENCY[asset.currentType],
	};
}
