import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';

import { PICTURES } from './browser.mts';

const FRAME_MS = 500;
/** The last frame stays for longer, so that a reader can look at it. */
const LAST_FRAME_MS = 4000;
const COLOURS = 255;
/** The index after the colours means “as in the frame before”. */
const UNCHANGED = COLOURS;

/** Takes pictures of a page twice a second from now on. */
export function recordPage(page: Page): {
	/** Lets the picture run on for a while, so that a reader sees it; no time without pictures. */
	hold(seconds: number): Promise<void>;
	/** Stops, and writes a GIF for the README, if pictures are wanted. */
	write(name: string): Promise<void>;
} {
	if (PICTURES === undefined)
		return { hold: () => Promise.resolve(), write: () => Promise.resolve() };
	const folder = PICTURES;
	const frames: Buffer[] = [];
	let isOver = false;
	const recording = (async () => {
		while (!isOver) {
			const next = new Promise((resolve) => setTimeout(resolve, FRAME_MS));
			const frame = await page.screenshot().catch(() => undefined);
			// The page is closed if the test fails.
			if (frame === undefined) return;
			frames.push(frame);
			await next;
		}
	})();
	return {
		hold: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
		async write(name) {
			isOver = true;
			await recording;
			await mkdir(folder, { recursive: true });
			await writeFile(join(folder, `${name}.gif`), gifOf(frames));
		},
	};
}

/** All frames with the colours of the last one. @param frames PNGs of the same size */
function gifOf(frames: readonly Buffer[]): Uint8Array {
	const images = frames.map((frame) => PNG.sync.read(frame));
	const { width, height } = images[0];
	const palette = quantize(new Uint8Array(images.at(-1)!.data), COLOURS);
	while (palette.length <= UNCHANGED) palette.push([0, 0, 0]);
	const encoder = GIFEncoder();
	let before: Uint8Array | undefined;
	for (const [index, { data }] of images.entries()) {
		const now = applyPalette(new Uint8Array(data), palette.slice(0, COLOURS));
		const shown = now.map((colour, at) => (before?.[at] === colour ? UNCHANGED : colour));
		encoder.writeFrame(shown, width, height, {
			...(before === undefined && { palette }),
			delay: index === images.length - 1 ? LAST_FRAME_MS : FRAME_MS,
			transparent: before !== undefined,
			transparentIndex: UNCHANGED,
			dispose: 1,
		});
		before = now;
	}
	encoder.finish();
	return encoder.bytes();
}
