import axios, { type AxiosInstance } from 'axios';
import { messageOf, OperatorError } from './support/errors.mts';

/** What a simulated station really does. */
export interface StationState {
	stationId: string;
	/** The power of all its EVSEs together, kW. */
	powerKw: number;
	evses: Array<{ evseId: number; cable: boolean; powerKw: number }>;
}

/** An OCPP message as the station saw it. */
export interface StationMessage {
	stationId: string;
	direction: 'sent' | 'received';
	action: string;
	payload: unknown;
	answer?: unknown;
	error?: { code: string; description: string };
}

/** A request that the sandbox's ChargEye API received. */
export interface ApiRequest {
	method: string;
	path: string;
	body?: unknown;
	status?: number;
}

/** The part of the sandbox's control API that the demonstration needs. */
export class ControlClient {
	private readonly http: AxiosInstance;

	/** @param url the control API's base URL */
	constructor(url: string) {
		this.http = axios.create({ baseURL: url, timeout: 30_000, proxy: false });
	}

	station(stationId: string): Promise<StationState> {
		return this.request('GET', `/stations/${encodeURIComponent(stationId)}`);
	}

	/** Puts a car that takes all the power it gets, and whose driver presents a card, at an EVSE. */
	async plugInStrongCar(stationId: string, evseId: number): Promise<void> {
		const path = `/stations/${encodeURIComponent(stationId)}/evse/${evseId}`;
		const { evses } = await this.station(stationId);
		if (evses.some((evse) => evse.evseId === evseId && evse.cable)) {
			await this.request('POST', `${path}/unplug`);
		}
		await this.request('POST', `${path}/plugIn`, { soc: 20, authorize: true });
	}

	/** The commands that a station received by OCPP, oldest first. */
	async commands(stationId: string): Promise<StationMessage[]> {
		const query = `stationId=${encodeURIComponent(stationId)}`;
		const messages = await this.request<StationMessage[]>('GET', `/messages?${query}`);
		return messages.filter(({ direction }) => direction === 'received');
	}

	/** The requests for one station that changed something, oldest first. */
	async changes(stationId: string): Promise<ApiRequest[]> {
		const requests = await this.request<ApiRequest[]>('GET', '/requests');
		const part = `/chargingStations/${encodeURIComponent(stationId)}/`;
		return requests.filter(({ method, path }) => method !== 'GET' && path.includes(part));
	}

	private async request<T>(method: string, url: string, data?: object): Promise<T> {
		try {
			return (await this.http.request<T>({ method, url, data })).data;
		} catch (error) {
			throw new OperatorError(`The sandbox did not do ${method} ${url}: ${messageOf(error)}`);
		}
	}
}
