import { createSandboxCredential } from '../../host/credentials.mts';
import { installN8n, type InstalledN8n } from '../../host/install.mts';
import { N8nClient, type CredentialReference, type Owner } from '../../host/n8nClient.mts';
import { buildPackage } from '../../host/package.mts';
import { startPackagedN8n } from '../../host/packagedN8n.mts';
import type { SandboxAddresses } from '../../host/sandbox.mts';
import { record } from './records.mts';

/** A real n8n with this package installed. */
export interface Host {
	/** The editor's address. */
	url: string;
	owner: Owner;
	/** Signed in as the owner. */
	client: N8nClient;
	/** Saves a *ChargeEye API* credential for a sandbox. */
	credentialFor: (sandbox: SandboxAddresses) => Promise<CredentialReference>;
	/** Stops n8n, unless `npm test` shares it among the test files. */
	stop: () => Promise<void>;
}

/** The environment variable with which `npm test` gives its n8n to the test files. */
const SHARED_HOST = 'CHARGER_OPERATIONS_TEST_N8N';

/** The description of a shared n8n, as JSON. */
interface SharedHost {
	url: string;
	owner: Owner;
}

/** What a test run starts once for all test files of a layer. */
export interface SharedByFiles {
	/** The environment variables by which the test files find it. */
	env: Record<string, string>;
	/** Signed in as the owner. */
	client: N8nClient;
	stop: () => Promise<void>;
}

/** Starts an n8n for all test files. */
export async function shareN8n(
	installed: InstalledN8n,
	signal: AbortSignal,
): Promise<SharedByFiles> {
	const log = (line: string) => record('log', 'n8n', line);
	const { url, owner, client, stop } = await startPackagedN8n(installed, { signal, log });
	const shared: SharedHost = { url, owner };
	return { env: { [SHARED_HOST]: JSON.stringify(shared) }, client, stop };
}

/** Signs in to the n8n that `npm test` shares; if there is none, installs, builds and starts one. */
export async function startHost(): Promise<Host> {
	const shared = process.env[SHARED_HOST];
	if (shared !== undefined) {
		const { url, owner } = JSON.parse(shared) as SharedHost;
		const client = new N8nClient(url);
		await client.signIn(owner);
		return describeHost(url, owner, client, () => Promise.resolve());
	}
	await buildPackage();
	const { url, owner, client, stop } = await startPackagedN8n(await installN8n());
	return describeHost(url, owner, client, stop);
}

const describeHost = (
	url: string,
	owner: Owner,
	client: N8nClient,
	stop: () => Promise<void>,
): Host => ({
	url,
	owner,
	client,
	credentialFor: (sandbox) => createSandboxCredential(client, sandbox),
	stop,
});
