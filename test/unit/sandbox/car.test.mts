import { Car } from '../../../sandbox/stations/car.mts';

/** Millijoules. */
const KWH = 3_600_000_000;

const car = (soc: number): Car => new Car({ batteryKwh: 50, soc, maxPowerKw: 100, phases: 3 });

describe('a car', () => {
	it.each([
		[0, 100_000],
		[80, 100_000],
		[90, 55_000],
		[99, 14_500],
		[100, 0],
	])('accepts at %i %% %i W', (soc, powerW) => {
		expect(car(soc).acceptedPowerW).toBe(powerW);
	});

	it('fills up by the energy it gets', () => {
		const half = car(50);
		expect(half.charge(5 * KWH)).toBe(5 * KWH);
		expect(half.soc).toBe(60);
		expect(half.leftInStageMj).toBe(0.5 * KWH);
	});

	it('takes no more than its battery can store, and is then full', () => {
		const almostFull = car(98);
		expect(almostFull.charge(5 * KWH)).toBe(KWH);
		expect(almostFull.soc).toBe(100);
		expect(almostFull.acceptedPowerW).toBe(0);
		expect(almostFull.charge(5 * KWH)).toBe(0);
	});

	it('stores less than it draws, by its efficiency', () => {
		const lossy = new Car({ batteryKwh: 50, soc: 0, maxPowerKw: 100, phases: 3, efficiency: 0.8 });
		lossy.charge(10 * KWH);
		expect(lossy.soc).toBe(16);
		expect(lossy.charge(100 * KWH)).toBe(52.5 * KWH);
		expect(lossy.soc).toBe(100);
	});

	it.each([
		[0, 20_000],
		[10, 20_000],
		[30, 75_000],
		[50, 100_000],
		[70, 75_000],
		[95, 20_000],
	])('follows its charging curve, at %i %% with %i W', (soc, powerW) => {
		const chargingCurve = [
			{ soc: 90, powerKw: 20 },
			{ soc: 10, powerKw: 20 },
			{ soc: 50, powerKw: 130 },
		];
		const curved = new Car({ batteryKwh: 50, soc, maxPowerKw: 100, phases: 3, chargingCurve });
		expect(curved.acceptedPowerW).toBe(powerW);
	});
});
