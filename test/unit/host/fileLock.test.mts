import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withFileLock } from '../../../host/support/fileLock.mts';

describe('the lock of an installation', () => {
	let folder: string;
	let lock: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'file-lock-test-'));
		lock = join(folder, 'cache', 'host.lock');
	});
	afterEach(() => rmSync(folder, { recursive: true }));

	it('lets one process work at a time while the others wait', async () => {
		const events: string[] = [];
		let second: Promise<void> | undefined;
		await withFileLock(lock, async () => {
			events.push('first begins');
			await new Promise<void>((secondWaits) => {
				second = withFileLock(
					lock,
					() => {
						events.push('second works');
						return Promise.resolve();
					},
					{ onWait: secondWaits },
				);
			});
			events.push('first ends');
		});
		await second;
		expect(events).toEqual(['first begins', 'first ends', 'second works']);
		expect(existsSync(lock)).toBe(false);
	});

	it('is taken over from a holder that was killed', async () => {
		await withFileLock(lock, () => Promise.resolve());
		mkdirSync(lock);
		utimesSync(lock, new Date(0), new Date(0));
		await expect(withFileLock(lock, () => Promise.resolve('done'))).resolves.toBe('done');
	});

	it('is released when the work fails', async () => {
		const failing = withFileLock(lock, () => Promise.reject(new Error('disk full')));
		await expect(failing).rejects.toThrow('disk full');
		expect(existsSync(lock)).toBe(false);
	});

	it('is not waited for any longer after Ctrl-C, and stays with its holder', async () => {
		const controller = new AbortController();
		await withFileLock(lock, async () => {
			const waiting = withFileLock(lock, () => Promise.resolve(), {
				signal: controller.signal,
				onWait: () => controller.abort(),
			});
			await expect(waiting).rejects.toThrow(/abort/i);
			expect(existsSync(lock)).toBe(true);
		});
	});
});
