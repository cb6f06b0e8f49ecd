import fc from 'fast-check';
import { compositeSchedule } from '../../../nodes/shared/charging/composite/compositeSchedule.ts';
import type {
	ChargingProfile,
	InstalledProfile,
} from '../../../nodes/shared/charging/profile/profile.ts';
import { NOMINAL_VOLTAGE, STATIONS, type StationAsset } from '../../../sandbox/fleet.mts';
import type { TransactionEvent } from '../../../sandbox/ocpp/messages.mts';
import { AMPLE } from '../../../sandbox/stations/capacity.mts';
import { Car, type CarSpec } from '../../../sandbox/stations/car.mts';
import { ProfileStore } from '../../../sandbox/stations/profileStore.mts';
import { Simulation } from '../../../sandbox/stations/simulation.mts';

const [DC, AC3, AC1] = STATIONS;
/** Two connectors that share what one of them could take. */
const AC_PAIR: StationAsset = {
	...AC3,
	evses: [1, 2].map((evseId) => ({ ...AC3.evses[0], evseId, connectorId: String(evseId) })),
};
const MIDNIGHT = Date.parse('2026-03-29T00:00:00Z');
const DAY_MS = 86_400_000;
/** Simulated time (ms) that passes in one tick of the clock, by speed. */
const TICKS = { 1: 200, 60: 12_000, 600: 120_000, 3600: 720_000 };
const CARD = { idToken: '04A1B2C3', type: 'ISO14443' } as const;

/** What is done to a station at a moment (ms since midnight). */
type Command = { at: number } & (
	| { does: 'plugIn'; evseId: number; car: CarSpec }
	| { does: 'unplug' | 'stop' | 'fault' | 'repair'; evseId: number }
	| { does: 'set'; evseId: number; profile: ChargingProfile }
	| { does: 'clear'; id: number }
);

interface Day {
	asset: StationAsset;
	commands: Command[];
}

/** What holds from a moment (epoch ms) on. */
interface Moment {
	at: number;
	/** By EVSE. */
	powers: Map<number, { powerW: number; phases: number }>;
	profiles: readonly InstalledProfile[];
	/** By EVSE. */
	transactions: Map<number, { startedAtMs: number; transactionId: string }>;
}

const powerIn = ({ meterValue = [] }: TransactionEvent): number =>
	meterValue.at(-1)?.sampledValue.find(({ measurand }) => measurand === 'Power.Active.Import')
		?.value ?? 0;

/** Plays a day, with the clock's ticks in between. */
function play({ asset, commands }: Day, tickMs: number) {
	const events: TransactionEvent[] = [];
	const moments: Moment[] = [];
	const powers: Moment['powers'] = new Map();
	const transactions: Moment['transactions'] = new Map();
	const profiles = new ProfileStore({
		evseIds: asset.evses.map(({ evseId }) => evseId),
		rateUnits: asset.currentType === 'AC' ? ['A', 'W'] : ['W'],
		capacity: AMPLE,
		externalConstraints: 'accept',
	});
	const note = () =>
		moments.push({
			at: simulation.now,
			powers: new Map(powers),
			profiles: profiles.all(),
			transactions: new Map(transactions),
		});
	/** How many phases an EVSE feeds. */
	const phasesOf = (evseId: number) => simulation.evses[evseId - 1].flow.currents.length;
	const simulation = new Simulation({
		now: MIDNIGHT,
		station: asset,
		profiles,
		isOnline: () => true,
		statusChanged: () => undefined,
		transactionEnded: (id) => profiles.transactionEnded(id),
		report: (event) => {
			const { id: evseId = 0 } = event.evse ?? {};
			const { transactionId } = event.transactionInfo;
			events.push(event);
			if (event.eventType === 'Started') {
				transactions.set(evseId, { startedAtMs: Date.parse(event.timestamp), transactionId });
			}
			if (event.eventType === 'Ended') transactions.delete(evseId);
			const powerW = powerIn(event);
			const changes = powerW !== (powers.get(evseId)?.powerW ?? 0);
			powers.set(evseId, { powerW, phases: phasesOf(evseId) });
			if (changes) note();
		},
	});

	// A station that only changes the phases of a car reports nothing; its power log hears of every change.
	const { powerLog } = simulation;
	const logged = powerLog.add.bind(powerLog);
	powerLog.add = (entry) => {
		logged(entry);
		const changed = [...powers].filter(([evseId, { phases }]) => phases !== phasesOf(evseId));
		for (const [evseId, { powerW }] of changed) {
			powers.set(evseId, { powerW, phases: phasesOf(evseId) });
		}
		if (changed.length > 0) note();
	};

	/** What the cars of each EVSE have drawn, Wh. */
	const drawn = new Map<number, number>();
	const plugged = new Map<number, { car: Car; spec: CarSpec }>();
	const weigh = (evseId: number) => {
		const { car, spec } = plugged.get(evseId)!;
		const stored = ((car.soc - spec.soc) / 100) * spec.batteryKwh * 1000;
		drawn.set(evseId, (drawn.get(evseId) ?? 0) + stored / (spec.efficiency ?? 1));
	};
	const carryOut = (command: Command) => {
		if (command.does === 'clear') return profiles.clear({ chargingProfileId: command.id });
		const evse = simulation.evses[Math.max(0, command.evseId - 1)];
		const { id, transaction } = evse;
		switch (command.does) {
			case 'plugIn':
				if (evse.car) return;
				plugged.set(id, { car: new Car(command.car), spec: command.car });
				evse.plugIn(plugged.get(id)!.car);
				evse.authorize({ idToken: CARD }, 'Authorized');
				return;
			case 'unplug':
				if (!evse.car) return;
				weigh(id);
				plugged.delete(id);
				return evse.unplug();
			case 'stop':
				return evse.end('RemoteStop', 'Remote');
			case 'fault':
				return evse.fault();
			case 'repair':
				return evse.clearFault();
			case 'set': {
				const running = new Map(
					simulation.evses.flatMap((one) =>
						one.transaction ? [[one.id, one.transaction.id] as const] : [],
					),
				);
				const ofTransaction = command.profile.chargingProfilePurpose === 'TxProfile';
				profiles.set(
					command.evseId,
					ofTransaction
						? { ...command.profile, transactionId: transaction?.id ?? 'none' }
						: command.profile,
					running,
				);
			}
		}
	};

	let ticks = 0;
	let tickAt = MIDNIGHT;
	for (const command of [...commands, undefined]) {
		const at = MIDNIGHT + (command?.at ?? DAY_MS);
		while (tickAt < at) {
			simulation.runTo(tickAt);
			// Real timers are never exact.
			tickAt += Math.round(tickMs * [0.7, 1.6, 0.9][ticks++ % 3]);
		}
		simulation.runTo(at);
		if (command) {
			carryOut(command);
			simulation.update();
		}
		note();
	}
	for (const evseId of plugged.keys()) weigh(evseId);
	return { events, moments, drawn, metered: simulation.evses.map(({ energyWh }) => energyWh) };
}

/** What was drawn over a limit (J), by the package's own composite schedules. */
function overLimit(asset: StationAsset, moments: Moment[]): number {
	const isAc = asset.currentType === 'AC';
	const unit = isAc ? ('A' as const) : ('W' as const);
	const rated = (watts: number) => ({
		A: watts / (NOMINAL_VOLTAGE * asset.phases),
		W: watts,
	});
	let over = 0;
	moments.slice(0, -1).forEach(({ at, powers, ...state }, index) => {
		const until = moments[index + 1].at;
		if (until === at) return;
		const rates = [...powers].map(([evseId, { powerW, phases }]) => ({
			evseId,
			rate: isAc && phases > 0 ? powerW / (NOMINAL_VOLTAGE * phases) : powerW,
		}));
		const station = { evseId: 0, rate: rates.reduce((sum, { rate }) => sum + rate, 0) };
		for (const { evseId, rate } of [...rates, station]) {
			if (rate === 0) continue;
			const hardware = rated(asset.evses[evseId - 1]?.maxPowerW ?? asset.maxPowerW);
			const periods = compositeSchedule({
				...state,
				evseId,
				evseIds: asset.evses.map((evse) => evse.evseId),
				startMs: at,
				endMs: until,
				unit,
				voltage: NOMINAL_VOLTAGE,
				...(isAc && { phases: asset.phases }),
				defaultLimit: hardware,
			});
			periods.forEach(({ startPeriod, limit }, position) => {
				const from = Math.max(at, Math.floor(at / 1000) * 1000 + startPeriod * 1000);
				const next = periods.at(position + 1)?.startPeriod;
				const to = next === undefined ? until : Math.floor(at / 1000) * 1000 + next * 1000;
				const excess = rate - Math.min(limit, hardware[unit]);
				if (excess > 1e-6) over += excess * (isAc ? NOMINAL_VOLTAGE : 1) * ((to - from) / 1000);
			});
		}
	});
	return over;
}

const moment = fc.integer({ min: 0, max: DAY_MS - 1 });
const car: fc.Arbitrary<CarSpec> = fc.record({
	batteryKwh: fc.integer({ min: 5, max: 100 }),
	soc: fc.double({ min: 0, max: 100, noNaN: true }),
	maxPowerKw: fc.integer({ min: 10, max: 1500 }).map((tenths) => tenths / 10),
	phases: fc.constantFrom(1, 2, 3),
	efficiency: fc.double({ min: 0.7, max: 1, noNaN: true }),
	chargingCurve: fc.option(
		fc.array(
			fc.record({
				soc: fc.integer({ min: 0, max: 100 }),
				powerKw: fc.integer({ min: 1, max: 150 }),
			}),
			{ minLength: 1, maxLength: 5 },
		),
		{ nil: undefined },
	),
	mustReplug: fc.boolean(),
});

/** Most are accepted; some are refused, as by real stations. */
const profile = ({ evses, currentType }: StationAsset) =>
	fc
		.record({
			id: fc.integer({ min: 1, max: 6 }),
			stackLevel: fc.integer({ min: 0, max: 3 }),
			purpose: fc.constantFrom(
				'ChargingStationMaxProfile' as const,
				'TxDefaultProfile' as const,
				'TxProfile' as const,
			),
			kind: fc.constantFrom('Absolute' as const, 'Recurring' as const, 'Relative' as const),
			evseId: fc.integer({ min: 0, max: evses.length }),
			unit:
				currentType === 'AC'
					? fc.constantFrom('A' as const, 'W' as const)
					: fc.constant('W' as const),
			start: fc.integer({ min: -DAY_MS, max: DAY_MS }),
			duration: fc.option(fc.integer({ min: 1, max: 40_000 }), { nil: undefined }),
			validFor: fc.option(fc.integer({ min: 1000, max: DAY_MS }), { nil: undefined }),
			periods: fc.array(
				fc.record({
					length: fc.integer({ min: 1, max: 9000 }),
					tenths: fc.integer({ min: 0, max: currentType === 'AC' ? 360 : 1300 }),
					numberPhases: fc.constantFrom(1, 3, undefined),
				}),
				{ minLength: 1, maxLength: 6 },
			),
		})
		.map(({ id, stackLevel, purpose, unit, start, periods, ...chosen }) => {
			const forStation = purpose === 'ChargingStationMaxProfile';
			const kind = forStation && chosen.kind === 'Relative' ? 'Absolute' : chosen.kind;
			const startSchedule = new Date(MIDNIGHT + start).toISOString();
			let startPeriod = 0;
			return {
				evseId: forStation
					? 0
					: purpose === 'TxProfile'
						? Math.max(1, chosen.evseId)
						: chosen.evseId,
				profile: {
					id,
					stackLevel,
					chargingProfilePurpose: purpose,
					chargingProfileKind: kind,
					...(kind === 'Recurring' && { recurrencyKind: 'Daily' }),
					...(chosen.validFor !== undefined && {
						validFrom: startSchedule,
						validTo: new Date(MIDNIGHT + start + chosen.validFor).toISOString(),
					}),
					chargingSchedule: [
						{
							id: 1,
							chargingRateUnit: unit,
							...(kind !== 'Relative' && { startSchedule }),
							...(chosen.duration !== undefined && { duration: chosen.duration }),
							chargingSchedulePeriod: periods.map(({ length, tenths, numberPhases }) => {
								const period = {
									startPeriod,
									limit: unit === 'A' ? tenths / 10 : tenths * (currentType === 'AC' ? 60 : 100),
									...(currentType === 'AC' && numberPhases !== undefined && { numberPhases }),
								};
								startPeriod += length;
								return period;
							}),
						},
					],
				} as ChargingProfile,
			};
		});

const commandsOf = (asset: StationAsset): fc.Arbitrary<Command[]> => {
	const evseId = fc.integer({ min: 1, max: asset.evses.length });
	const plugIn = fc.record({ at: moment, does: fc.constant('plugIn' as const), evseId, car });
	const command: fc.Arbitrary<Command> = fc.oneof(
		{ weight: 4, arbitrary: plugIn },
		{
			weight: 5,
			arbitrary: fc
				.tuple(moment, profile(asset))
				.map(([at, set]) => ({ at, does: 'set' as const, ...set })),
		},
		{
			weight: 4,
			arbitrary: fc.record({
				at: moment,
				does: fc.constantFrom(
					'unplug' as const,
					'unplug' as const,
					'stop' as const,
					'fault' as const,
					'repair' as const,
					'repair' as const,
				),
				evseId,
			}),
		},
		{
			weight: 1,
			arbitrary: fc.record({
				at: moment,
				does: fc.constant('clear' as const),
				id: fc.integer({ min: 1, max: 6 }),
			}),
		},
	);
	return fc
		.tuple(fc.array(plugIn, { minLength: 2, maxLength: 4 }), fc.array(command, { maxLength: 30 }))
		.map((lists) => lists.flat().sort((a, b) => a.at - b.at));
};

const day: fc.Arbitrary<Day> = fc
	.constantFrom(DC, AC3, AC1, AC_PAIR)
	.chain((asset) => commandsOf(asset).map((commands) => ({ asset, commands })));

/** The events as one text, without the random IDs of transactions; Jest compares long texts faster than objects. */
const comparable = (events: TransactionEvent[]): string => {
	const ids = [...new Set(events.map(({ transactionInfo }) => transactionInfo.transactionId))];
	return events
		.map(({ transactionInfo: { transactionId, ...info }, ...event }) =>
			JSON.stringify({ ...event, ...info, transaction: ids.indexOf(transactionId) }),
		)
		.join('\n');
};

/** In the name of the tests, so that days with a fault can be played again. */
const SEED = Math.floor(Math.random() * 2 ** 31);

describe(`50 random days of a station, seed ${SEED}`, () => {
	const outcomes = fc.sample(day, { numRuns: 50, seed: SEED }).map((one) => ({
		day: one,
		runs: Object.values(TICKS).map((tickMs) => play(one, tickMs)),
	}));
	const runs = outcomes.flatMap((outcome) => outcome.runs);

	it('have charging in them', () => {
		const energies = outcomes.map(({ runs: [{ metered }] }) => metered.reduce((a, b) => a + b, 0));
		expect(energies.filter((energyWh) => energyWh > 1000).length).toBeGreaterThan(25);
	});

	it('are the same at each speed, to the joule and the millisecond', () => {
		for (const {
			runs: [first, ...others],
		} of outcomes) {
			for (const other of others) {
				expect(other.metered).toEqual(first.metered);
				expect(comparable(other.events)).toBe(comparable(first.events));
			}
		}
	});

	it('have events whose times never run backwards', () => {
		for (const { events } of runs) {
			const times = events.map(({ timestamp }) => timestamp);
			expect(times).toEqual([...times].sort());
		}
	});

	it('draw nothing over a limit', () => {
		for (const {
			day: { asset },
			runs: [first],
		} of outcomes) {
			expect(overLimit(asset, first.moments)).toBe(0);
		}
	});

	it('meter what the batteries took', () => {
		for (const { metered, drawn } of runs) {
			metered.forEach((energyWh, index) => {
				const ofCars = drawn.get(index + 1) ?? 0;
				expect(Math.abs(energyWh - ofCars)).toBeLessThanOrEqual(0.001 * energyWh + 1e-5);
			});
		}
	});
});

describe('a station', () => {
	const BIG: CarSpec = { batteryKwh: 100, soc: 20, maxPowerKw: 150, phases: 3 };

	function simulate(asset: StationAsset) {
		const events: TransactionEvent[] = [];
		const profiles = new ProfileStore({
			evseIds: asset.evses.map(({ evseId }) => evseId),
			rateUnits: ['A', 'W'],
			capacity: AMPLE,
			externalConstraints: 'accept',
		});
		const simulation = new Simulation({
			now: MIDNIGHT,
			station: asset,
			profiles,
			isOnline: () => true,
			statusChanged: () => undefined,
			transactionEnded: () => undefined,
			report: (event) => events.push(event),
		});
		return {
			events,
			profiles,
			simulation,
			charge: (evseId: number, car: Partial<CarSpec> = {}) => {
				const evse = simulation.evses[evseId - 1];
				if (!evse.car) evse.plugIn(new Car({ ...BIG, ...car }));
				evse.authorize({ idToken: CARD }, 'Authorized');
				simulation.update();
			},
			limit: (limit: number, unit: 'A' | 'W', numberPhases?: number) => {
				profiles.install(0, {
					id: 1,
					stackLevel: 0,
					chargingProfilePurpose: 'ChargingStationMaxProfile',
					chargingProfileKind: 'Absolute',
					chargingSchedule: [
						{
							id: 1,
							startSchedule: '2026-03-01T00:00:00Z',
							chargingRateUnit: unit,
							chargingSchedulePeriod: [{ startPeriod: 0, limit, numberPhases }],
						},
					],
				});
				simulation.update();
			},
			minutes: (minutes: number) => simulation.runTo(simulation.now + minutes * 60_000),
			powers: () => simulation.evses.map(({ flow }) => flow.powerW),
		};
	}

	it('lets two AC cars charge in turns where the limit is enough for one', () => {
		const { charge, limit, minutes, powers, simulation } = simulate(AC_PAIR);
		limit(8, 'A');
		charge(1);
		charge(2);
		expect(powers()).toEqual([5520, 0]);
		minutes(15);
		expect(powers()).toEqual([0, 5520]);
		minutes(15);
		expect(simulation.evses.map(({ energyWh }) => energyWh)).toEqual([1380, 1380]);
		expect(simulation.evses.map(({ transaction }) => transaction?.chargingState)).toEqual([
			'Charging',
			'SuspendedEVSE',
		]);
	});

	it.each([
		[undefined, 3657],
		[3, 3657],
		[1, 7360],
	])(
		'divides a limit in W by the phases of the period (%p), not by the car’s',
		(phases, powerW) => {
			const { charge, limit, powers } = simulate(AC3);
			limit(11_000, 'W', phases);
			charge(1, { phases: 1 });
			expect(powers()).toEqual([powerW]);
		},
	);

	it.each([
		['on DC a car that must be replugged', DC, true, 'SuspendedEV'],
		['on DC another car', DC, false, 'Charging'],
		['on AC each car', AC3, true, 'Charging'],
	])('may charge again after a stop: %s', (_name, asset, mustReplug, state) => {
		const { charge, minutes, events, simulation } = simulate(asset);
		const [evse] = simulation.evses;
		charge(1, { mustReplug });
		evse.end('RemoteStop', 'Remote');
		charge(1);
		expect(evse.transaction?.chargingState).toBe(state);
		minutes(2);
		const ending = events.at(-1)!;
		expect(ending.eventType).toBe(state === 'Charging' ? 'Updated' : 'Ended');
		if (state === 'Charging') return;
		expect(ending.transactionInfo.stoppedReason).toBe('StoppedByEV');
		evse.unplug();
		charge(1, { mustReplug });
		expect(evse.transaction?.chargingState).toBe('Charging');
	});

	it('gives no more as a whole than it has, however many connectors share it (K08)', () => {
		const { simulation, limit } = simulate(DC);
		const whole = () => simulation.power.schedule(0, MIDNIGHT, MIDNIGHT + 3_600_000, 'W');
		expect(whole()).toEqual([{ startPeriod: 0, limit: 120_000 }]);
		limit(50_000, 'W');
		expect(whole()).toEqual([{ startPeriod: 0, limit: 50_000 }]);
	});

	it('says by what the power is limited', () => {
		const limitation = (events: TransactionEvent[]) => events.at(-1)?.customData?.powerLimitation;
		const dc = simulate(DC);
		dc.charge(1);
		expect(limitation(dc.events)).toBe('Charger');
		dc.limit(50_000, 'W');
		expect(limitation(dc.events)).toBe('Grid');
		dc.charge(2);
		expect(limitation(dc.events)).toBe('Shared');
		dc.simulation.evses[0].unplug();
		expect(limitation(dc.events)).toBeUndefined();
		const small = simulate(DC);
		small.charge(1, { maxPowerKw: 20 });
		expect(limitation(small.events)).toBe('Vehicle');
		const pair = simulate(AC_PAIR);
		pair.limit(8, 'A');
		pair.charge(1);
		pair.charge(2);
		expect(limitation(pair.events)).toBe('Queue');
		pair.limit(5, 'A');
		expect(limitation(pair.events)).toBe('Grid');
	});

	it('logs when its limit changes by a schedule, also without a car', () => {
		const { profiles, simulation, minutes } = simulate(AC3);
		profiles.install(0, {
			id: 1,
			stackLevel: 0,
			chargingProfilePurpose: 'ChargingStationMaxProfile',
			chargingProfileKind: 'Absolute',
			chargingSchedule: [
				{
					id: 1,
					startSchedule: new Date(MIDNIGHT + 60_000).toISOString(),
					duration: 120,
					chargingRateUnit: 'W',
					chargingSchedulePeriod: [{ startPeriod: 0, limit: 6900 }],
				},
			],
		});
		simulation.update();
		minutes(10);
		expect(simulation.powerLog.after(0)).toEqual([
			{ at: MIDNIGHT, powerW: 0, limitW: 22_080 },
			{ at: MIDNIGHT + 60_000, powerW: 0, limitW: 6900 },
			{ at: MIDNIGHT + 180_000, powerW: 0, limitW: 22_080 },
		]);
	});

	it('tests the insulation before it charges on DC', () => {
		const { charge, events, minutes, powers } = simulate(DC);
		charge(1, { insulationTestS: 20 });
		expect(powers()).toEqual([0, 0]);
		expect(events.at(-1)).toMatchObject({
			transactionInfo: { chargingState: 'EVConnected' },
			customData: { status: 'InsulationTest' },
		});
		minutes(1);
		expect(events.at(-1)).toMatchObject({
			timestamp: '2026-03-29T00:00:20.000Z',
			transactionInfo: { chargingState: 'Charging' },
			customData: { powerLimitation: 'Charger' },
		});
		const ac = simulate(AC3);
		ac.charge(1, { insulationTestS: 20 });
		expect(ac.powers()).toEqual([22_080]);
	});
});
