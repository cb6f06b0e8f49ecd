import { SingleBar, Presets } from 'cli-progress';

/** The progress of long work. */
export interface Progress {
	/** The current step, e.g. "Downloading n8n 2.41.1". */
	phase: string;
	/** The number of things done and of all things, if they can be counted. */
	count?: { done: number; total: number; unit: string };
}

export interface ProgressView {
	update(progress: Progress): void;
	stop(): void;
}

/** Seconds in words: "45 s", "3 min 05 s". */
export function duration(seconds: number): string {
	const whole = Math.round(seconds);
	if (whole < 60) return `${whole} s`;
	return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** The progress in one line. */
export function progressLine({ phase, count }: Progress, seconds: number): string {
	const counted = count === undefined ? '' : ` ${count.done} of ${count.total} ${count.unit},`;
	return `${phase}:${counted} ${duration(seconds)}`;
}

/** A progress bar on a terminal; elsewhere a plain line at each new phase and every 30 s. */
export function showProgress(): ProgressView {
	let current: Progress | undefined;
	let began = Date.now();
	const bar = new SingleBar(
		{
			format: (options, { progress }) => {
				if (current === undefined) return '';
				const line = progressLine(current, (Date.now() - began) / 1000);
				if (current.count === undefined || !process.stdout.isTTY) return line;
				const size = options.barsize ?? 30;
				const filled = Math.round(progress * size);
				return `[${'#'.repeat(filled)}${'-'.repeat(size - filled)}] ${line}`;
			},
			barsize: 30,
			stream: process.stdout,
			noTTYOutput: true,
			notTTYSchedule: 30_000,
			hideCursor: true,
		},
		Presets.legacy,
	);
	return {
		update(progress) {
			if (progress.phase !== current?.phase) {
				if (current !== undefined) bar.stop();
				current = progress;
				began = Date.now();
				bar.start(progress.count?.total ?? 1, 0);
			}
			current = progress;
			bar.update(progress.count?.done ?? 0);
		},
		stop() {
			if (current !== undefined) bar.stop();
			current = undefined;
		},
	};
}

/** Shows the progress of some work until it is done. */
export async function withProgress<T>(
	work: (onProgress: (progress: Progress) => void) => Promise<T>,
): Promise<T> {
	const view = showProgress();
	try {
		return await work((progress) => view.update(progress));
	} finally {
		view.stop();
	}
}
