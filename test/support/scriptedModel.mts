import express from 'express';
import { modelEndpoint, type ModelMessage, type ModelReply } from '../../host/demo/model.mts';
import type { CredentialReference, N8nClient } from '../../host/n8nClient.mts';
import { startServer } from '../../host/support/localServer.mts';

const API_KEY = 'key-of-the-scripted-model';

/** A language model that answers what the test has written. */
export interface ScriptedModel {
	/** An *OpenAI* credential for it. */
	credentialIn(client: N8nClient): Promise<CredentialReference>;
	/** Sets the next answers, in this order. */
	says(...replies: ModelReply[]): void;
	/** The conversation of the latest request. */
	heard(): readonly ModelMessage[];
	stop(): Promise<void>;
}

/** @throws while answering, if the script has no further answer */
export async function startScriptedModel(): Promise<ScriptedModel> {
	let script: ModelReply[] = [];
	let latest: readonly ModelMessage[] = [];
	const answer = (messages: readonly ModelMessage[]) => {
		latest = messages;
		const reply = script.shift();
		if (reply === undefined) throw new Error('The script has no further answer.');
		return reply;
	};
	const server = await startServer(express().use(modelEndpoint(answer, API_KEY)));
	return {
		credentialIn: (client) =>
			client.createCredential('Scripted model', 'openAiApi', {
				apiKey: API_KEY,
				url: `${server.url}/v1`,
			}),
		says: (...replies) => {
			script = replies;
		},
		heard: () => latest,
		stop: () => server.close(),
	};
}
