import type { INode, INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import { createNodeAsTool } from 'n8n-core/dist/execution-engine/node-execution-context/utils/create-node-as-tool.js';

import { credentialsFor } from '../../host/credentials.mts';
import { runProcess } from '../../host/support/processes.mts';
import { actionNodes } from '../../tools/agentTools/page.mts';
import { parametersOf, toolsOf, type Tool } from '../../tools/agentTools/tools.mts';
import { SENTENCES } from '../fixtures/operatorSentences.mts';
import { runNode } from '../support/engine.mts';
import { checkerFor, type ToolCall } from '../support/sentenceChecker.mts';
import { useSite } from '../support/site.mts';
import { waitForTransaction } from '../support/transactions.mts';

const nodes = actionNodes();
const tools = nodes.flatMap(toolsOf);
const nodeOf = (tool: Tool): INodeTypeDescription => nodes.find(({ name }) => name === tool.node)!;

it('docs/agent-tools.md shows the tools as they are', async () => {
	const main = ['--import', 'tsx', 'tools/agentTools/main.mts', '--check'];
	expect(await runProcess(process.execPath, main)).toMatchObject({ code: 0 });
});

describe('each operation as n8n offers it to a model', () => {
	interface ZodField {
		_def: { typeName: string };
		description?: string;
	}

	/** The schema that n8n makes of the expressions. */
	const schemaOf = (tool: Tool): Record<string, ZodField> => {
		const description = nodeOf(tool);
		const { schema } = createNodeAsTool({
			node: {
				name: tool.title,
				type: `${tool.node}Tool`,
				typeVersion: tool.typeVersion,
				parameters: parametersOf(tool),
			} as INode,
			nodeType: { description },
			handleToolInvocation: () => Promise.resolve(undefined),
		} as unknown as Parameters<typeof createNodeAsTool>[0]).response as unknown as {
			schema: { shape: Record<string, ZodField> };
		};
		return schema.shape;
	};

	it.each(tools.map((tool): [string, Tool] => [tool.title, tool]))(
		'%s: flat, every field described, every number with its unit',
		(_, tool) => {
			const schema = schemaOf(tool);
			expect(Object.keys(schema)).toEqual(tool.fields.map(({ key }) => key));
			for (const { key, parameter, type, description } of tool.fields) {
				const { _def, description: told = '' } = schema[key];
				expect(_def.typeName.toLowerCase()).toBe(`zod${type}`);
				expect(told).toBe(description);
				expect(told.length).toBeGreaterThan(15);
				const [, unit] = /\((A|kW|kWh|W|%)\)/.exec(parameter.displayName) ?? [];
				if (unit !== undefined) {
					expect(key).toMatch(new RegExp(`_${unit === '%' ? 'percent' : unit}$`, 'i'));
					expect(told).toMatch(new RegExp(`\\b${unit}\\b|${unit}`));
				}
			}
		},
	);
});

describe('what operators say', () => {
	const site = useSite();
	const check = checkerFor(tools);

	/** Runs a call as n8n runs a tool. */
	const run = ({ tool, input }: ToolCall) => {
		const filled = tool.fields
			.filter(({ key }) => key in input)
			.map(({ key, parameter: { name, type } }) => {
				const value = input[key];
				return [name, type === 'resourceLocator' ? { __rl: true, mode: 'id', value } : value];
			});
		return runNode({
			type: tool.node,
			typeVersion: tool.typeVersion,
			parameters: { ...tool.fixed, ...(Object.fromEntries(filled) as INodeParameters) },
			credential: credentialsFor(site).accessToken(),
		});
	};

	it('is 40 sentences', () => {
		expect(SENTENCES).toHaveLength(40);
	});

	it.each(
		SENTENCES.map((one): [string, (typeof SENTENCES)[number]] => [one.says.slice(0, 80), one]),
	)('%s', async (_, { says, means, input }) => {
		const call = check(says);
		expect(call.tool.title).toBe(means);
		expect(call.input).toMatchObject(input);

		const { operation, transactionBy } = call.tool.fixed;
		if (transactionBy !== undefined) {
			await site.plugIn('DEPOT-DC-1', 1);
			const { txId } = await waitForTransaction(site, 'DEPOT-DC-1', 1, 'Charging');
			if (transactionBy === 'id') call.input.transaction = txId;
		} else if (operation === 'start') {
			await site.plugIn('DEPOT-DC-1', 1, { authorize: false });
			await site.waitForConnector('DEPOT-DC-1', 1, 'Occupied');
		}
		const { status, error } = await run(call);
		expect(error?.message).toBeUndefined();
		expect(status).toBe('success');
	});
});
