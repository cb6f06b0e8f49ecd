import fc from 'fast-check';

import {
	buildProfile,
	type ProfileParts,
} from '../../nodes/shared/charging/profile/buildProfile.ts';
import { checkChargingProfile } from '../../nodes/shared/charging/rules/checkChargingProfile.ts';
import { withComment } from '../../nodes/SmartChargingProfile/set/profileOptions.ts';
import { useSite } from '../support/site.mts';

const site = useSite();

const tenths = fc.integer({ min: 0, max: 500_000 }).map((n) => Math.round(n) / 10);
const periods = fc
	.uniqueArray(fc.integer({ min: 1, max: 86_399 }), { maxLength: 50 })
	.chain((starts) =>
		fc.tuple(
			...[0, ...starts.sort((a, b) => a - b)].map((startPeriod) =>
				fc.record(
					{
						startPeriod: fc.constant(startPeriod),
						limit: tenths,
						numberPhases: fc.integer({ min: 1, max: 3 }),
					},
					{ requiredKeys: ['startPeriod', 'limit'] },
				),
			),
		),
	);
const forms: fc.Arbitrary<ProfileParts<unknown, object, object>> = fc.record({
	id: fc.integer({ min: -10, max: 9999 }),
	stackLevel: fc.nat(1000),
	purpose: fc.constantFrom('ChargingStationExternalConstraints', 'TxDefaultProfile', 'TxProfile'),
	transactionId: fc.string({ minLength: 1, maxLength: 36 }),
	kind: fc.constantFrom('Absolute', 'Recurring', 'Relative'),
	recurrencyKind: fc.constantFrom('Daily', 'Weekly'),
	startSchedule: fc.constant('2026-01-15T15:00:00Z'),
	chargingRateUnit: fc.constantFrom('A', 'W'),
	periods,
	ofProfile: fc.record(
		{
			validFrom: fc.constant('2026-01-15T15:00:00Z'),
			validTo: fc.constant('2026-01-16T15:00:00Z'),
			condition: fc.record({ whenNoCloudConnection: fc.constant(true) }),
			customData: fc.record({ vendorId: fc.string({ minLength: 1, maxLength: 255 }) }),
		},
		{ requiredKeys: [] },
	),
	ofSchedule: fc.record(
		{ duration: fc.integer({ min: 0, max: 86_400 }), minChargingRate: tenths },
		{ requiredKeys: [] },
	),
});

/** The sandbox validates requests by the contract, and stations validate messages by OCPP's schemas. */
const put = (chargingProfile: unknown) =>
	site.restClient.put<unknown>('/chargingStations/OFFICE-AC-3/evse/12/chargingProfile', {
		chargingProfile,
	});

it('accepts every profile of the form that breaks no rule', async () => {
	await fc.assert(
		fc.asyncProperty(forms, fc.option(fc.string(), { nil: undefined }), async (form, comment) => {
			const profile = withComment(buildProfile(form), comment);
			const errors = checkChargingProfile(profile, { evseId: 1, request: 'set' }).filter(
				({ severity }) => severity === 'error',
			);
			const { status, data } = await put(profile);
			expect({ errors, status, data }).toEqual({
				errors: [],
				status: 200,
				data: expect.objectContaining({
					response: expect.stringMatching(/^(Accepted|Rejected)$/) as string,
				}) as unknown,
			});
		}),
		{ numRuns: 150 },
	);
});

it('refuses a field that is not in the contract', async () => {
	const { status, data } = await put({
		...buildProfile(fc.sample(forms, 1)[0]),
		limit: 16,
	});
	expect({ status, data }).toMatchObject({
		status: 400,
		data: { message: expect.stringContaining('limit is not known') as string },
	});
});
