import { rangesIn } from '../base/numbers';
import { PURPOSE_NAMES } from '../profile/purposeNames';
import { PURPOSES, type ChargingProfilePurpose } from '../profile/profile';
import type { SourceName } from './chart';

/** What identifies a profile in a legend. */
export interface NamedProfile {
	id: number;
	purpose: ChargingProfilePurpose;
	stackLevel: number;
}

/** The legend’s names of profiles: one per purpose, with the IDs and the stack levels. */
export const sourcesOf = (profiles: readonly NamedProfile[]): SourceName[] => [
	...PURPOSES.map((purpose): SourceName => {
		const own = profiles.filter((profile) => profile.purpose === purpose);
		return {
			source: purpose,
			name: PURPOSE_NAMES[purpose],
			detail: `${inRanges(
				'ID',
				own.map(({ id }) => id),
			)}, ${inRanges(
				'level',
				own.map(({ stackLevel }) => stackLevel),
			)}`,
		};
	}),
	{ source: 'several', name: 'Several purposes together' },
];

const MOST_RANGES = 3;

/** "ID 7", "IDs 1–3, 7", or "12 IDs" if there are too many to list. */
function inRanges(name: string, numbers: readonly number[]): string {
	const sorted = [...new Set(numbers)].sort((a, b) => a - b);
	const ranges = rangesIn(sorted);
	if (ranges.length > MOST_RANGES) return `${sorted.length} ${name}s`;
	const texts = ranges.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`));
	return `${name}${sorted.length > 1 ? 's' : ''} ${texts.join(', ')}`;
}
