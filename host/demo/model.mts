import { randomUUID } from 'node:crypto';
import express, { type Router } from 'express';
import { jsonBody } from './guard.mts';

/** A message of the conversation, as OpenAI's chat completions have it. */
export interface ModelMessage {
	role: 'system' | 'user' | 'assistant' | 'tool';
	content: string | null;
}

/** A tool that the agent offers, with the JSON schema of its input. */
export interface ModelTool {
	function: { name: string; description: string; parameters: Record<string, unknown> };
}

/** What a model answers: a text for the user, or one tool to call. */
export type ModelReply = string | { tool: string; input: Record<string, unknown> };

/** Stands for a language model: the conversation so far and the tools → the answer. */
export type Model = (messages: readonly ModelMessage[], tools: readonly ModelTool[]) => ModelReply;

interface ChatRequest {
	messages: ModelMessage[];
	tools?: ModelTool[];
}

/**
 * The endpoint of a model provider: OpenAI's chat completions without streaming.
 * @param apiKey the key that a request must carry as bearer token
 * @returns POST /v1/chat/completions
 */
export function modelEndpoint(model: Model, apiKey: string): Router {
	const router = express.Router();
	router.post('/v1/chat/completions', jsonBody, (request, response) => {
		if (request.get('authorization') !== `Bearer ${apiKey}`) {
			response.status(401).json({ error: { message: 'The API key is missing or wrong.' } });
			return;
		}
		const { messages, tools = [] } = request.body as ChatRequest;
		response.json(completionOf(model(messages, tools)));
	});
	return router;
}

function completionOf(reply: ModelReply) {
	const message =
		typeof reply === 'string'
			? { content: reply }
			: {
					content: null,
					tool_calls: [
						{
							id: `call_${randomUUID()}`,
							type: 'function',
							function: { name: reply.tool, arguments: JSON.stringify(reply.input) },
						},
					],
				};
	return {
		id: `chatcmpl-${randomUUID()}`,
		object: 'chat.completion',
		created: Math.floor(Date.now() / 1000),
		model: 'stand-in',
		choices: [
			{
				index: 0,
				message: { role: 'assistant', ...message },
				finish_reason: typeof reply === 'string' ? 'stop' : 'tool_calls',
			},
		],
		usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
	};
}
