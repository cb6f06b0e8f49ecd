import { prepareProfile } from '../../../../nodes/shared/node/chargingProfile.ts';
import { InputError } from '../../../../nodes/shared/charging/base/inputError.ts';
import { chargingProfile } from '../charging/profiles.mts';

const prepare = (profile: unknown, sendAnyway = false) =>
	prepareProfile(profile, {
		target: { evseId: 1, request: 'set' },
		timezone: 'Europe/Helsinki',
		nameOf: () => 'Profile',
		sendAnyway,
	});

const errorOf = (profile: unknown): InputError => {
	try {
		prepare(profile);
	} catch (error) {
		if (error instanceof InputError) return error;
	}
	throw new Error('Nothing was refused');
};

const wrong = { ...chargingProfile(), stackLevel: -1, id: 1.5, chargingProfileKind: 'Sometimes' };

it('returns a profile that breaks no rule, with its times in UTC', () => {
	const profile = chargingProfile({ validTo: '2026-02-01T00:00:00' });
	expect(prepare(profile)).toEqual({
		chargingProfile: { ...profile, validTo: '2026-01-31T22:00:00Z' },
		warnings: [],
	});
});

it('names the first error with field, path and requirement, and lists the others', () => {
	const { message, description } = errorOf(wrong);
	expect(message).toBe('Profile, id: Must be a whole number, but is 1.5 (§2.9)');
	expect(description).toBe(
		'Also: Profile, stackLevel: Must be a whole number from 0 up, but is -1 (§2.9). ' +
			'Also: Profile, chargingProfileKind: Must be one of Absolute, Recurring, Relative, but is "Sometimes" (SetChargingProfileRequest schema). ' +
			'Fix it, or let the charger decide with the option Send Anyway.',
	);
});

it('counts the errors that it does not list', () => {
	const periods = Array.from({ length: 20 }, () => ({ startPeriod: 0, limit: -1 }));
	const { description } = errorOf(chargingProfile({}, { chargingSchedulePeriod: periods }));
	expect(description.match(/Also: /g)).toHaveLength(4);
	expect(description).toContain('And 34 more.');
});

it('returns a profile with errors if the user wants it sent anyway, with the errors as warnings', () => {
	expect(prepare(wrong, true)).toEqual({
		chargingProfile: wrong,
		warnings: [
			'Sent anyway: Profile, id: Must be a whole number, but is 1.5 (§2.9).',
			expect.stringMatching(/^Sent anyway: Profile, stackLevel/),
			expect.stringMatching(/^Sent anyway: Profile, chargingProfileKind/),
		],
	});
});

it('refuses a time that cannot be read, even if the user wants the profile sent anyway', () => {
	const profile = { ...wrong, validFrom: '2026-03-29T03:30:00' };
	expect(() => prepare(profile, true)).toThrow(
		'Profile, validFrom is 2026-03-29T03:30:00, which does not exist in Europe/Helsinki',
	);
});

it.each([
	[[], 'Profile is a list, which is not a JSON object'],
	[null, 'Profile is empty'],
	['', 'Profile is empty'],
	[7, 'Profile is 7, which is not a JSON object'],
	['{"id": 1', 'Profile is not valid JSON'],
	['"text"', 'Profile is "text", which is not a JSON object'],
])('refuses %j', (profile, message) => {
	expect(() => prepare(profile)).toThrow(message);
});
