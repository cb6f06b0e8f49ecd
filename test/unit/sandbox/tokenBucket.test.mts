import { retryAfter, TokenBucket } from '../../../sandbox/faults/tokenBucket.mts';
import type { RateLimit } from '../../../sandbox/faults/fault.mts';

describe('a token bucket', () => {
	let now: number;
	const bucketOf = (limit: RateLimit) => new TokenBucket(limit, () => now);
	const taken = (bucket: TokenBucket, count: number) =>
		Array.from({ length: count }, () => bucket.take()).filter((waitMs) => waitMs === 0).length;

	beforeEach(() => (now = 1000));

	it('lets a burst through, then as many as come back', () => {
		const bucket = bucketOf({ perSecond: 2, burst: 5 });
		expect(taken(bucket, 20)).toBe(5);
		now += 1500;
		expect(taken(bucket, 20)).toBe(3);
	});

	it('holds no more than a burst', () => {
		const bucket = bucketOf({ perSecond: 2, burst: 5 });
		now += 3_600_000;
		expect(taken(bucket, 20)).toBe(5);
	});

	it('says how long to wait for the next token', () => {
		const bucket = bucketOf({ perSecond: 0.1, burst: 1 });
		expect(bucket.take()).toBe(0);
		now += 4000;
		const waitMs = bucket.take();
		expect(waitMs).toBeCloseTo(6000, 6);
		now += Math.ceil(waitMs);
		expect(bucket.take()).toBe(0);
	});
});

describe('Retry-After', () => {
	beforeEach(() => jest.useFakeTimers({ now: Date.parse('2026-03-01T00:00:00.400Z') }));
	afterEach(() => jest.useRealTimers());

	it.each([
		[1, '1', 'Sun, 01 Mar 2026 00:00:01 GMT'],
		[600, '1', 'Sun, 01 Mar 2026 00:00:01 GMT'],
		[601, '1', 'Sun, 01 Mar 2026 00:00:02 GMT'],
		[2000, '2', 'Sun, 01 Mar 2026 00:00:03 GMT'],
	])('is never too early: %d ms', (waitMs, seconds, date) => {
		expect(retryAfter(waitMs)).toBe(seconds);
		expect(retryAfter(waitMs, 'date')).toBe(date);
	});
});
