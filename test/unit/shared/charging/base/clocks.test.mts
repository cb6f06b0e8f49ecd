import { clocksDiffer } from '../../../../../nodes/shared/charging/base/clocks.ts';

const HELSINKI = 'Europe/Helsinki';

it.each([
	['2026-01-15T15:00:00Z', '2026-01-15T15:00:00Z', undefined, HELSINKI, true],
	['2026-01-15T15:00:00Z', '2026-01-15T15:00:00Z', '2026-03-29T01:00:00Z', HELSINKI, false],
	['2026-01-15T15:00:00Z', '2026-01-15T15:00:00Z', '2026-03-29T01:00:01Z', HELSINKI, true],
	['2026-01-15T15:00:00Z', '2026-07-01T00:00:00Z', '2026-07-02T00:00:00Z', HELSINKI, true],
	['2026-01-15T15:00:00Z', '2026-01-15T15:00:00Z', undefined, 'Asia/Kathmandu', false],
	['2026-01-15T15:00:00Z', '2026-01-15T15:00:00Z', undefined, 'UTC', false],
])(
	'the offset differs from the one at %s between %s and %s in %s: %s',
	(anchor, from, to, zone, changes) => {
		expect(clocksDiffer(anchor, from, to, zone)).toBe(changes);
	},
);
