import { workflowOf } from '../../host/workflows.mts';
import { useEditor } from '../support/browser.mts';

const { host, editor } = useEditor();

beforeAll(async () => {
	const { id } = await host.client.importWorkflow(
		workflowOf({
			name: 'When clicking',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			parameters: {},
		}),
	);
	await editor.openWorkflow(id);
	await editor.page.locator('[data-test-id=node-creator-plus-button]').click();
});

const OPERATIONS = 'Charger Operations';
const PROFILE = 'Smart Charging Profile';
/** n8n shows a node and its trigger as one result: it lists the events of the one and the operations of the other. */
const TRANSACTION = 'Charging Transaction';
/** A trigger without a node of that name is shown by its name without “Trigger”. */
const STATION = 'Charging Station';
const ALL = [OPERATIONS, PROFILE, TRANSACTION];

/** How many results a person looks at. */
const FIRST = 5;

it.each([
	['charger', ALL],
	['charging', ALL],
	['charging station', [OPERATIONS, STATION]],
	['charge point', [OPERATIONS]],
	// Nodes whose names begin with these letters come first.
	['EV', [OPERATIONS, PROFILE]],
	['EV charger', ALL],
	['wallbox', ALL],
	['OCPP', ALL],
	['kempower', ALL],
	['chargeye', ALL],
	['power limit', [OPERATIONS]],
	['energy', [TRANSACTION]],
	['offline', [STATION]],
	['fault', [STATION]],
	['electricity price', [PROFILE]],
	['tariff', [PROFILE]],
	['peak', [PROFILE]],
	['start charging', [TRANSACTION]],
	['transaction', [TRANSACTION]],
	['session', [TRANSACTION]],
	['smart charging', [PROFILE]],
	['load management', [PROFILE]],
])('a search for “%s” has %j among its first results', async (words, nodes) => {
	const { page } = editor;
	const search = page.locator('[data-test-id=node-creator-search-bar]');
	const results = page.locator('[data-test-id=node-creator-item-name]');
	// First without results, so that those of the last search are not taken for this one’s.
	await search.fill('no node has these words');
	await results.first().waitFor({ state: 'detached' });
	await search.fill(words);
	for (const node of nodes) {
		await results
			.filter({ hasText: new RegExp(`^\\s*${node}\\s*$`) })
			.first()
			.waitFor();
	}
	const found = (await results.allInnerTexts()).map((text) => text.trim()).slice(0, FIRST);
	expect(found).toEqual(expect.arrayContaining(nodes));
});
