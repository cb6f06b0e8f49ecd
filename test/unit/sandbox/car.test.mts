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
		expect(almostFull.full).toBe(true);
		expect(almostFull.acceptedPowerW).toBe(0);
		expect(almostFull.charge(5 * KWH)).toBe(0);
	});
});
