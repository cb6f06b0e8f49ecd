/** 1 MB of JSON. */
const MEASURE = JSON.stringify(
	Array.from({ length: 20_000 }, (_, n) => ({ stationId: `S-${n}`, name: 'A charging station' })),
);

/** The shortest of five runs (ms): others use the machine, too. */
const shortest = (run: () => unknown): number =>
	Math.min(
		...Array.from({ length: 5 }, () => {
			const began = performance.now();
			run();
			return performance.now() - began;
		}),
	);

/** How much longer something takes than to read 1 MB of JSON and to write it again, on the same machine at the same time. */
export const timesReadingOneMb = (run: () => unknown): number =>
	shortest(run) / shortest(() => JSON.stringify(JSON.parse(MEASURE)));
