import type { IDataObject, INodeExecutionData, INodeTypeDescription, OnError } from 'n8n-workflow';

import { credentialsFor, CREDENTIAL_TYPE } from '../../host/credentials.mts';
import type { CredentialReference, Execution, N8nClient } from '../../host/n8nClient.mts';
import { PACKAGE_NAME } from '../../host/package.mts';
import { OperatorError } from '../../host/support/errors.mts';
import { workflowOf } from '../../host/workflows.mts';
import type { Site } from '../support/site.mts';

/** An n8n with the package, and a sandbox. */
export interface Scene {
	client: N8nClient;
	site: Site;
	/** Every node type and version of this n8n. */
	types: INodeTypeDescription[];
	/** A credential with the sandbox's refresh token. */
	credential: CredentialReference;
}

/** A node of a workflow that is run by a check. */
export interface Step {
	name: string;
	/** The node's name without the package's. */
	type: string;
	typeVersion?: number;
	parameters: Record<string, unknown>;
	onError?: OnError;
}

/** Fails a check. @param words why, in a few words for the table */
export function expectThat(condition: boolean, words: string): asserts condition {
	if (!condition) throw new OperatorError(words);
}

/** Runs nodes in a row by hand. */
export async function runSteps(
	{ client, credential }: Scene,
	steps: readonly Step[],
	signedBy: CredentialReference = credential,
): Promise<Execution> {
	const file = workflowOf(
		...steps.map(({ type, parameters, typeVersion = 1, ...step }) => ({
			...step,
			type: `${PACKAGE_NAME}.${type}`,
			typeVersion,
			parameters: parameters as never,
			credentials: { [CREDENTIAL_TYPE]: { id: '', name: '' } },
		})),
	);
	const { id } = await client.importWorkflow(file, signedBy);
	return await client.run(id, 'Start');
}

/** As `runSteps`, for a run that must succeed. */
export async function runWell(
	scene: Scene,
	steps: readonly Step[],
	signedBy?: CredentialReference,
): Promise<Execution> {
	const execution = await runSteps(scene, steps, signedBy);
	expectThat(execution.status === 'success', `the run ended with: ${errorOf(execution)}`);
	return execution;
}

/** The message of the error that ended a run. */
export const errorOf = (execution: Execution): string =>
	execution.data.resultData.error?.message ?? execution.status;

/** The items on an output of a node. */
export const itemsOf = (execution: Execution, node: string, output = 0): INodeExecutionData[] =>
	execution.data.resultData.runData[node]?.at(-1)?.data?.main[output] ?? [];

/** Saves a credential that differs from the sandbox's. */
export const otherCredential = ({ client, site }: Scene, change: IDataObject) =>
	client.createCredential('Another ChargeEye', CREDENTIAL_TYPE, {
		...credentialsFor(site).refreshToken(),
		...(change as Record<string, string>),
	});
