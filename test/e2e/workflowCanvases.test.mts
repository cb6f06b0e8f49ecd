import { readdirSync } from 'node:fs';

import type { Workflow } from '../../host/n8nClient.mts';
import { until } from '../../host/support/until.mts';
import { importWorkflows } from '../../host/workflows.mts';
import { useEditor } from '../support/browser.mts';
import { useSite } from '../support/site.mts';

const EXAMPLES = readdirSync('workflows').map((file) => file.replace('.json', ''));

const site = useSite();
const { host, editor } = useEditor();
let workflows: Map<string, Workflow>;

beforeAll(async () => {
	workflows = await importWorkflows(host.client, [await host.credentialFor(site)]);
	await editor.page.setViewportSize({ width: 1440, height: 900 });
});

/** What a user sees of the canvas, read in the browser. */
const READ_CANVAS = `(() => {
	const all = (selector) => [...document.querySelectorAll(selector)];
	const boxOf = (element) => element.getBoundingClientRect();
	const canvas = boxOf(document.querySelector('.vue-flow'));
	const { transform } = document.querySelector('.vue-flow__transformationpane').style;
	const labels = all('[data-test-id=canvas-default-node] [class*=_description_] > *');
	const notes = all('[data-test-id=sticky]');
	return {
		zoom: Number(/scale\\((.+)\\)/.exec(transform)[1]),
		outside: [...labels, ...notes].filter((element) => {
			const { left, top, right, bottom } = boxOf(element);
			return left < canvas.left || top < canvas.top || right > canvas.right || bottom > canvas.bottom;
		}).length,
		cutOff: [
			...labels.filter(({ scrollHeight, clientHeight, scrollWidth, clientWidth }) =>
				scrollHeight > clientHeight + 1 || scrollWidth > clientWidth),
			...notes.filter((note) => {
				const text = document.createRange();
				text.selectNodeContents(note);
				return boxOf(text).bottom > boxOf(note).bottom;
			}),
		].map(({ textContent }) => textContent)
			// n8n shows the whole address under its own HTTP Request.
			.filter((text) => !text.includes('://')),
	};
})()`;

it.each(EXAMPLES)('workflows/%s.json can be read as the editor shows it first', async (name) => {
	await editor.openWorkflow(workflows.get(name)!.id);
	const seen = await until('all of the canvas to be in view', 20, async () => {
		const now = await editor.page.evaluate<{ zoom: number; outside: number; cutOff: string[] }>(
			READ_CANVAS,
		);
		return now.outside === 0 ? now : undefined;
	});
	await editor.picture(`canvas-${name}`);
	// At full size, labels have 16 pixels and notes 14.
	expect(seen.zoom).toBeGreaterThan(0.7);
	expect(seen.cutOff).toEqual([]);
});
