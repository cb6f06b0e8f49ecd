import { WORKERS } from '../../host/queue/queueMode.mts';
import { until } from '../../host/support/until.mts';
import { workflowOf } from '../../host/workflows.mts';
import { useQueue } from './support/queue.mts';

const queue = useQueue();

/** 8.1 kW for three hours. */
const PROFILE = {
	id: 1,
	stackLevel: 0,
	chargingProfilePurpose: 'ChargingStationMaxProfile',
	chargingProfileKind: 'Absolute',
	chargingSchedule: [
		{
			id: 1,
			startSchedule: '2026-01-15T15:00:00Z',
			duration: 10_800,
			chargingRateUnit: 'W',
			chargingSchedulePeriod: [{ startPeriod: 0, limit: 8100 }],
		},
	],
};

it('the main process shows the chart of a preview that a worker has drawn', async () => {
	const profile = {
		name: 'Profile',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			mode: 'raw',
			jsonOutput: JSON.stringify({ chargingProfile: PROFILE }),
			options: {},
		},
	};
	const preview = {
		name: 'Preview',
		type: 'n8n-nodes-charger-operations.smartChargingProfile',
		typeVersion: 1,
		parameters: {
			resource: 'schedule',
			operation: 'preview',
			start: '2026-01-15T00:00:00',
			localLimitKw: 22,
		},
	};
	const { id } = await queue.client.importWorkflow(workflowOf(profile, preview));
	const execution = await queue.client.run(id, 'Start');
	expect(execution.status).toBe('success');
	await until('a worker to report its end', 20, async () => {
		const finished = await Promise.all(WORKERS.map((worker) => queue.finishedBy(worker)));
		return finished.flat().includes(execution.id) ? true : undefined;
	});

	const [[item]] = execution.data.resultData.runData.Preview[0].data!.main as Array<
		Array<{ binary: Record<string, { id: string; mimeType: string }> }>
	>;
	const files = Object.values(item.binary);
	expect(files.map(({ mimeType }) => mimeType).sort()).toEqual(['image/png', 'image/svg+xml']);
	for (const { id: fileId, mimeType } of files) {
		const text = await queue.client.file(fileId);
		// After its first byte a PNG file begins so.
		if (mimeType === 'image/png') expect(text.slice(1, 4)).toBe('PNG');
		else expect(text).toMatch(/^<svg /);
	}
}, 300_000);
