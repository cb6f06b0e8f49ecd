import fc from 'fast-check';

import {
	shareSite,
	type Share,
	type Site,
	type SiteStation,
} from '../../../../../nodes/shared/charging/site/share.ts';

const maybe = <T,>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined });

/** A station in steps of W, often equal to others. */
const station = fc
	.record({
		cars: fc.nat({ max: 2 }),
		least: fc.constantFrom(0, 1380, 4140, 5000),
		more: fc.constantFrom(0, 1, 2300, 6900, 17_940, Infinity),
		needKwh: fc.constantFrom(0.5, 10, 40, 66.6),
		priority: fc.constantFrom(-1, 0, 0, 5),
		departure: maybe(fc.constantFrom(1000, 2000)),
	})
	.map(
		({ more, ...rest }): Omit<SiteStation, 'stationId'> => ({ ...rest, most: rest.least + more }),
	);

const sites: fc.Arbitrary<Site> = fc.record({
	limit: fc.oneof(fc.nat({ max: 60_000 }), fc.constantFrom(0, 4140, 8280, 12_420)),
	stations: fc
		.array(station, { maxLength: 12 })
		.map((list) => list.map((one, index) => ({ stationId: `S${index}`, ...one }))),
	rule: fc.constantFrom('equal', 'need', 'rank'),
	reserves: fc.boolean(),
});

const totalOf = (shares: readonly Share[]) => shares.reduce((sum, { limit }) => sum + limit, 0);
const charging = (shares: readonly Share[]) => shares.filter(({ state }) => state === 'charges');

const holds = (property: (site: Site, shares: Share[]) => void) =>
	fc.assert(
		fc.property(sites, (site) => property(site, shareSite(site))),
		{ numRuns: 2000 },
	);

it('the shares never add up to more than the limit', () => {
	holds(({ limit }, shares) => expect(totalOf(shares)).toBeLessThanOrEqual(limit));
});

it('each share is 0, or a whole number from the station’s least to its most', () => {
	holds((_, shares) => {
		for (const {
			limit,
			state,
			station: { least, most },
		} of shares) {
			expect(Number.isInteger(limit)).toBe(true);
			if (state === 'paused' || state === 'empty') expect(limit).toBe(0);
			else expect(limit >= least && limit <= most).toBe(true);
		}
	});
});

it('no station could get more unless another got less', () => {
	holds(({ limit, reserves }, shares) => {
		const left = limit - totalOf(shares);
		for (const {
			limit: share,
			state,
			station: { least, most, cars },
		} of shares) {
			if (state === 'charges') expect(left === 0 || share === most).toBe(true);
			else if (state !== 'reserved' && (cars > 0 || reserves)) expect(least).toBeGreaterThan(left);
		}
	});
});

it('a station pauses only if its least does not fit beside the least of those before it', () => {
	holds(({ limit }, shares) => {
		const line = shares
			.filter(({ station: { cars } }) => cars > 0)
			.sort((a, b) => a.place! - b.place!);
		expect(line.map(({ place }) => place)).toEqual(line.map((_, index) => index + 1));
		let taken = 0;
		for (const {
			state,
			station: { least },
		} of line) {
			expect(state).toBe(taken + least <= limit ? 'charges' : 'paused');
			if (state === 'charges') taken += least;
		}
	});
});

it('those with the higher priority, then those who leave first, come first in line', () => {
	holds((_, shares) => {
		const line = shares
			.filter(({ station: { cars } }) => cars > 0)
			.sort((a, b) => a.place! - b.place!);
		line.slice(1).forEach(({ station: later }, index) => {
			const { station: earlier } = line[index];
			expect(earlier.priority).toBeGreaterThanOrEqual(later.priority);
			if (earlier.priority > later.priority) return;
			expect(earlier.departure ?? Infinity).toBeLessThanOrEqual(later.departure ?? Infinity);
		});
	});
});

it('equal stations get equal shares, except for one step of rounding', () => {
	holds(({ rule }, shares) => {
		if (rule === 'rank') return;
		const kindOf = ({ station: { cars, least, most, needKwh } }: Share) =>
			[cars, least, most, needKwh].join();
		const some = charging(shares);
		for (const a of some) {
			for (const b of some.filter((other) => kindOf(other) === kindOf(a))) {
				expect(Math.abs(a.limit - b.limit)).toBeLessThanOrEqual(1);
			}
		}
	});
});

it('shares between least and most are in proportion to the cars, or to the need', () => {
	holds(({ limit, rule }, shares) => {
		if (rule === 'rank') return;
		const free = charging(shares).filter(
			({ limit: share, station: { least, most } }) =>
				share > least && share < Math.min(most, limit),
		);
		for (const a of free) {
			for (const b of free) {
				const weight = ({ station: { cars, needKwh } }: Share) =>
					rule === 'need' ? needKwh! : cars;
				expect(a.limit / weight(a)).toBeLessThanOrEqual(
					(b.limit + 1) / weight(b) + 1e-6 + 1 / weight(a),
				);
			}
		}
	});
});

it('by priority and departure, one gets more than its least only if those before it have their most', () => {
	holds(({ rule }, shares) => {
		if (rule !== 'rank') return;
		const line = charging(shares).sort((a, b) => a.place! - b.place!);
		const firstBelow = line.findIndex(({ limit, station: { most } }) => limit < most);
		if (firstBelow === -1) return;
		for (const {
			limit,
			station: { least },
		} of line.slice(firstBelow + 1)) {
			expect(limit).toBe(least);
		}
	});
});

it('with a higher limit the total never falls; nor does any share while the same stations get one', () => {
	fc.assert(
		fc.property(sites, fc.oneof(fc.constant(1), fc.nat({ max: 9000 })), (site, more) => {
			const before = shareSite(site);
			const after = shareSite({ ...site, limit: site.limit + more });
			expect(totalOf(after)).toBeGreaterThanOrEqual(totalOf(before));
			if (before.some(({ state }, index) => state !== after[index].state)) return;
			before.forEach(({ limit }, index) =>
				expect(after[index].limit).toBeGreaterThanOrEqual(limit),
			);
		}),
		{ numRuns: 4000 },
	);
});

it('shares a site of a thousand stations in well under a second', () => {
	const stations = Array.from({ length: 1000 }, (_, index) => ({
		stationId: `S${index}`,
		cars: 1,
		least: 4140,
		most: 22_080,
		needKwh: 1 + (index % 70),
		priority: 0,
	}));
	const from = performance.now();
	const shares = shareSite({ limit: 9_000_001, stations, rule: 'need', reserves: true });
	expect(performance.now() - from).toBeLessThan(500);
	expect(totalOf(shares)).toBe(9_000_001);
});
