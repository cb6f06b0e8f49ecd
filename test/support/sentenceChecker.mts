import type { Tool, ToolField } from '../../tools/agentTools/tools.mts';

/** A call of a tool: what a language model answers. */
export interface ToolCall {
	tool: Tool;
	input: Record<string, unknown>;
}

/** A value in a sentence, and which fields can take it. */
interface Mention {
	value: unknown;
	fits: (field: ToolField) => boolean;
}

const labelled = (pattern: RegExp) => (field: ToolField) => pattern.test(field.key);
const WORDS_WITHOUT_MEANING =
	/^(a|an|and|any|are|as|at|be|by|can|do|for|from|had|has|have|i|in|is|it|its|me|my|not|of|off|on|or|our|please|so|that|the|their|then|there|this|to|up|us|was|we|what|which|who|with|you|your)$/;

/** What sentences mention, by how it is written. JSON and quotations come first: they may contain the others. */
const MENTIONS: ReadonlyArray<[RegExp, (text: string) => Mention]> = [
	[/\[.*\]|\{.*\}/, (text) => ({ value: text, fits: labelled(/json$/) })],
	[/“[^”]+”/, (text) => ({ value: text.slice(1, -1), fits: labelled(/reference$|token$|text/) })],
	[/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/, (text) => ({ value: text, fits: labelled(/^transaction$/) })],
	[/\b[A-Z]+(-[A-Z0-9]+)+\b/, (text) => ({ value: text, fits: labelled(/^charging_station$/) })],
	[/connector \d+/i, (text) => ({ value: text.split(' ')[1], fits: labelled(/^connector$/) })],
	[/-?[\d.]+ ?kWh/, (text) => ({ value: parseFloat(text), fits: labelled(/_kwh$/) })],
	[/-?[\d.]+ ?kW/, (text) => ({ value: parseFloat(text), fits: labelled(/_kw$/) })],
	[/-?[\d.]+ ?A\b/, (text) => ({ value: parseFloat(text), fits: labelled(/_a$/) })],
	[/\b\d\d:\d\d\b/, (text) => ({ value: text, fits: labelled(/departure/) })],
	[
		/\b\d+(?= (transactions|stations))/,
		(text) => ({ value: parseInt(text), fits: labelled(/^limit$/) }),
	],
];

function mentionsIn(sentence: string): { mentions: Mention[]; rest: string } {
	const mentions: Mention[] = [];
	let rest = sentence;
	for (const [pattern, read] of MENTIONS) {
		const [text] = pattern.exec(rest) ?? [];
		if (text === undefined) continue;
		mentions.push(read(text));
		rest = rest.replace(text, ' ');
	}
	return { mentions, rest };
}

/** Words without endings, so that “clears” and “cleared” are “clear”. */
const stemsOf = (text: string): Set<string> =>
	new Set(
		text
			.toLowerCase()
			.split(/[^a-z0-9]+/)
			.filter((word) => word.length > 1 && !WORDS_WITHOUT_MEANING.test(word))
			.map((word) => word.replace(/(ing|ed|es|s)$/, '')),
	);

const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
	[...a].filter((word) => b.has(word));

/** The choice of a field that a sentence names; undefined if none. */
function choiceFor({ parameter }: ToolField, words: ReadonlySet<string>): unknown {
	const choices = (parameter.options ?? []) as Array<{
		value: string;
		name: string;
		description?: string;
	}>;
	const scored = choices.map(({ value, name, description = '' }) => ({
		value,
		score: shared(words, stemsOf(`${value} ${name} ${description}`)).length,
	}));
	const best = scored.sort((a, b) => b.score - a.score)[0] as (typeof scored)[0] | undefined;
	return best !== undefined && best.score > 0 ? best.value : undefined;
}

/**
 * Maps an operator's sentence to a call, by nothing but what the tools tell a model: their descriptions, and the names,
 * descriptions and choices of their fields. Fixed rules: no guess, no knowledge of its own.
 */
export function checkerFor(tools: readonly Tool[]): (sentence: string) => ToolCall {
	const words = tools.map((tool) => ({
		tool,
		says: stemsOf(`${tool.title} ${tool.description}`),
		shows: stemsOf(tool.fields.map(({ description }) => description).join(' ')),
	}));
	/** Words of few tools say more. */
	const weight = (word: string) => {
		const tools = words.filter(({ says, shows }) => says.has(word) || shows.has(word)).length;
		return Math.log((words.length + 1) / (tools + 0.5));
	};
	const sum = (found: string[]) => found.reduce((total, word) => total + weight(word), 0);

	return (sentence) => {
		const { mentions, rest } = mentionsIn(sentence);
		const asked = stemsOf(rest);
		const scored = words.map(({ tool, says, shows }) => {
			const input: Record<string, unknown> = {};
			let unused = 0;
			for (const { value, fits } of mentions) {
				const field = tool.fields.find(fits);
				if (field === undefined) unused++;
				else input[field.key] = value;
			}
			for (const field of tool.fields) {
				if (field.type === 'boolean' && shared(asked, stemsOf(field.description)).length >= 3) {
					input[field.key] = true;
				}
				const choice = field.parameter.type === 'options' ? choiceFor(field, asked) : undefined;
				if (choice !== undefined) input[field.key] = choice;
			}
			const missing = tool.fields.filter(({ key }) => !(key in input));
			// n8n asks the model for every field; those that the node needs count more.
			const lacks = missing.reduce(
				(total, { parameter }) => total + (parameter.required ? 4 : 0.5),
				0,
			);
			const fit = sum(shared(asked, says)) + sum(shared(asked, shows)) / 3;
			return { tool, input, score: fit - 4 * unused - lacks };
		});
		const [{ tool, input }] = scored.sort((a, b) => b.score - a.score);
		return { tool, input };
	};
}
