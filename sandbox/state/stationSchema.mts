import { z } from 'zod';
import type { InstalledProfile } from '../../nodes/shared/charging/profile/profile.ts';
import type { TransactionEvent } from '../ocpp/messages.mts';
import { ACTIONS, problemOfAnswer } from '../stations/scriptedAnswers.mts';
import type { StationSnapshot } from '../stations/station.mts';

const count = z.number().int().min(0);
const amount = z.number().min(0);
/** Epoch ms. */
const moment = z.number().int();
const percent = z.number().min(0).max(100);

const carSchema = z.strictObject({
	spec: z.strictObject({
		batteryKwh: z.number().positive(),
		soc: percent,
		maxPowerKw: z.number().positive(),
		phases: z.union([z.literal(1), z.literal(2), z.literal(3)]),
		efficiency: z.number().positive().max(1).optional(),
		chargingCurve: z.array(z.strictObject({ soc: percent, powerKw: amount })).optional(),
		mustReplug: z.boolean().optional(),
		insulationTestS: amount.optional(),
	}),
	drawnMj: count,
	hasStopped: z.boolean(),
});

/** What comes from OCPP is checked by OCPP’s own schemas. */
const ofOcpp = <T,>() => z.custom<T>((value) => typeof value === 'object' && value !== null);

const transactionSchema = z.strictObject({
	id: z.string().min(1).max(36),
	startedAt: moment,
	authorization: z
		.strictObject({
			idToken: z.strictObject({
				idToken: z.string().max(36),
				type: z.enum([
					'Central',
					'eMAID',
					'ISO14443',
					'ISO15693',
					'KeyCode',
					'Local',
					'MacAddress',
					'NoAuthorization',
				]),
			}),
			remoteStartId: z.number().int().optional(),
		})
		.optional(),
	authorizedAt: moment.optional(),
	energyOfferedAt: moment.optional(),
	chargingState: z.enum(['Charging', 'EVConnected', 'SuspendedEV', 'SuspendedEVSE', 'Idle']),
	inStateSince: moment,
	lastSampleAt: moment,
	chargingMs: count,
	nextSeqNo: count,
});

const evseSchema = z.strictObject({
	evseId: z.number().int().min(1),
	energyMj: count,
	operative: z.boolean(),
	inoperativeWhenIdle: z.boolean(),
	faulted: z.boolean(),
	reservedFor: z.string().optional(),
	flow: z.strictObject({ powerW: count, currents: z.array(amount) }),
	powerLimitation: z.enum(['Vehicle', 'Charger', 'Grid', 'Shared', 'Queue']).optional(),
	car: carSchema.optional(),
	transaction: transactionSchema.optional(),
});

const answerSchema = z
	.strictObject({
		action: z.enum(ACTIONS),
		behaviour: z.enum(['refuse', 'ignore', 'schedule', 'stall', 'error']),
		statusInfo: z
			.strictObject({
				reasonCode: z.string().min(1).max(20),
				additionalInfo: z.string().max(512).optional(),
			})
			.optional(),
		times: z.number().int().min(1).optional(),
	})
	.superRefine(({ action, behaviour }, context) => {
		const problem = problemOfAnswer(action, behaviour);
		if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
	});

/** A station’s snapshot. */
export const stationSchema: z.ZodType<StationSnapshot, z.ZodTypeDef, unknown> = z.strictObject({
	stationId: z.string().min(1),
	connected: z.boolean(),
	settings: z.strictObject({
		keepsProfilesAtReboot: z.boolean(),
		clockOffsetS: z.number(),
		clockDriftPpm: z.number(),
		syncsClock: z.boolean(),
	}),
	timing: z.strictObject({ sampleIntervalS: count, evConnectionTimeoutS: count }),
	delivery: z.strictObject({
		timeoutMs: count,
		attempts: z.number().int().min(1),
		intervalMs: count,
	}),
	capacity: z.strictObject({
		periods: z.number().int().min(1),
		levels: z.number().int().min(1),
		profiles: z.number().int().min(1),
		replacesBy: z.enum(['id', 'purposeAndStackLevel']),
	}),
	answers: z.array(answerSchema),
	profiles: z.array(
		z.strictObject({ evseId: count, profile: ofOcpp<InstalledProfile['profile']>() }),
	),
	evses: z.array(evseSchema),
	waitingEvents: z.array(ofOcpp<TransactionEvent>()),
	resetWhenIdle: z.boolean(),
});
