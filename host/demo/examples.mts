import { createSandboxCredential } from '../credentials.mts';
import type { CredentialReference, N8nClient, Workflow, WorkflowFile } from '../n8nClient.mts';
import type { SandboxAddresses } from '../sandbox.mts';
import { OperatorError } from '../support/errors.mts';
import { importWorkflows, readWorkflow } from '../workflows.mts';
import type { Services } from './services.mts';

/** The workflow whose webhook the shop calls. */
const PAYMENT = 'payment-starts-transaction';

/** Those that run by themselves from the start; the others run when somebody clicks. */
const PUBLISHED = [PAYMENT, 'payments-left-open', 'session-receipt'];

/** Where n8n will answer the webhook of the payment workflow. */
export async function paymentWebhook(n8nUrl: string, projectRoot?: string): Promise<string> {
	const { nodes } = await readWorkflow(PAYMENT, projectRoot);
	const webhook = nodes.find(({ type }) => type === 'n8n-nodes-base.webhook');
	if (webhook === undefined) throw new OperatorError(`workflows/${PAYMENT}.json has no webhook.`);
	return `${n8nUrl}/webhook/${webhook.parameters.path as string}`;
}

/**
 * Imports every example workflow so that it runs at the first click: with its credentials, and with the local services in
 * place of those on the internet. Publishes those that run by themselves.
 *
 * @returns the workflows by file name without extension, and the ChargEye credential
 */
export async function importExamples(
	client: N8nClient,
	sandbox: SandboxAddresses,
	services: Services,
): Promise<{ workflows: Map<string, Workflow>; credential: CredentialReference }> {
	const credential = await createSandboxCredential(client, sandbox);
	const others = services.credentials.map(({ name, type, data }) =>
		client.createCredential(name, type, data),
	);
	const credentials = [credential, ...(await Promise.all(others))];
	const workflows = await importWorkflows(client, credentials, (file) =>
		withAddresses(file, services.addresses),
	);
	for (const name of PUBLISHED) {
		const workflow = workflows.get(name);
		if (workflow === undefined) throw new OperatorError(`workflows/${name}.json is missing.`);
		await client.activate(workflow);
	}
	return { workflows, credential };
}

/** The workflow with another address for each of these origins, wherever its nodes have one. */
export function withAddresses(
	file: WorkflowFile,
	addresses: ReadonlyMap<string, string>,
): WorkflowFile {
	let nodes = JSON.stringify(file.nodes);
	for (const [origin, local] of addresses) nodes = nodes.replaceAll(origin, local);
	return { ...file, nodes: JSON.parse(nodes) as WorkflowFile['nodes'] };
}
