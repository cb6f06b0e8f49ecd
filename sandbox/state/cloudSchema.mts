import { z } from 'zod';
import type { CsmsSnapshot } from '../csms/csms.mts';
import type { LimitTarget } from '../csms/setLimits.mts';
import type { Transaction } from '../csms/transactionRecord.mts';

const targetSchema: z.ZodType<LimitTarget> = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('station') }),
	z.strictObject({ kind: z.literal('connector'), evseId: z.number().int() }),
	z.strictObject({ kind: z.literal('transaction'), evseId: z.number().int(), txId: z.string() }),
]);

const limitsSchema = z.strictObject({
	stationId: z.string().min(1),
	limits: z.array(
		z
			.strictObject({
				target: targetSchema,
				profileId: z.number().int(),
				stackLevel: z.number().int().min(0),
				condition: z.string().optional(),
				delay: z.number().min(0).optional(),
				rate: z.strictObject({ unit: z.enum(['A', 'W']), limit: z.number().min(0) }),
				setAt: z.number(),
			})
			.transform((limit) => ({ ...limit, condition: limit.condition, delay: limit.delay })),
	),
	sent: z.array(z.strictObject({ profileId: z.number().int(), json: z.string() })),
	chargingSince: z.number().optional(),
});

/** What the API shows of a transaction is checked when it is asked for. */
const isRecord = (value: unknown): value is Transaction =>
	z
		.object({
			txId: z.string().min(1),
			stationId: z.string().min(1),
			evseId: z.number().int(),
			status: z.string(),
			sequenceNumber: z.number().int(),
			startTime: z.string().datetime({ offset: true }),
		})
		.safeParse(value).success;

/** The central system’s snapshot. */
export const cloudSchema: z.ZodType<CsmsSnapshot, z.ZodTypeDef, unknown> = z.strictObject({
	cards: z.strictObject({
		listed: z
			.array(
				z.strictObject({
					idToken: z.string().min(1).max(36),
					status: z.enum([
						'Accepted',
						'Blocked',
						'ConcurrentTx',
						'Expired',
						'Invalid',
						'NoCredit',
						'NotAllowedTypeEVSE',
						'NotAtThisLocation',
						'NotAtThisTime',
						'Unknown',
					]),
				}),
			)
			.nullable(),
		issued: z.array(z.string()),
	}),
	transactions: z.array(
		z.strictObject({
			record: z.custom<Transaction>(isRecord, 'is no transaction'),
			seqNo: z.number().int(),
			startWh: z.number().optional(),
		}),
	),
	limits: z.array(limitsSchema),
});
