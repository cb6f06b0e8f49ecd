import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { expressionOf, toolsOf, type Tool } from './tools.mts';

/** Where the page is, in the project’s folder. */
export const PAGE = join('docs', 'agent-tools.md');

const NODES = ['ChargerOperations', 'Transaction', 'SmartChargingProfile'];

/** The descriptions of the built nodes that can be tools. */
export function actionNodes(projectRoot = process.cwd()): INodeTypeDescription[] {
	const require = createRequire(join(projectRoot, 'package.json'));
	return NODES.map((name) => {
		const built = require(`./dist/nodes/${name}/${name}.node.js`) as Record<
			string,
			new () => INodeType
		>;
		return new built[name]().description;
	});
}

const HEAD = `# Operations as tools of an AI agent

Made by \`npm run agent-tools\` from the nodes. For each operation: what to enter as _Tool Description_ (_Set Manually_), and which
expression lets the model fill in which field. What is not listed is the workflow’s decision: leave it as it is, or set it.
_Share Site Limit_ is missing: it needs an item for each charging station. Every schema is flat, and every field has a description with its unit, because models fill in nothing else as reliably.
[AI agents](ai-agents.md) says which tools should ask a person first, and how.
`;

/** An expression as code in a table. */
const code = (text: string) => '`` ' + text.replaceAll('|', '\\|') + ' ``';

function section(tool: Tool, { displayName, properties }: INodeTypeDescription): string {
	const labels = Object.entries(tool.fixed).map(([name, value]) => {
		const all = properties.filter((property) => property.name === name);
		const choices = all.flatMap(
			({ options = [] }) => options as Array<{ value?: unknown; name: string }>,
		);
		const choice = choices.find((option) => option.value === value);
		return `${all[0].displayName}: _${choice?.name ?? (value as string)}_`;
	});
	const rows = tool.fields.map(
		(field) => `| ${field.parameter.displayName} | ${code(expressionOf(field))} |`,
	);
	return [
		`## ${tool.title}`,
		`_${displayName}_ Tool. ${labels.join(', ')}.${tool.isCommand ? ' **Should ask a person first.**' : ''}`,
		`Tool Description: ${tool.description}`,
		['| Field | Expression |', '| --- | --- |', ...rows].join('\n'),
	].join('\n\n');
}

/** The page about all tools, as Markdown. */
export function page(nodes: readonly INodeTypeDescription[]): string {
	const sections = nodes.flatMap((node) => toolsOf(node).map((tool) => section(tool, node)));
	return [HEAD.trim(), ...sections].join('\n\n') + '\n';
}
