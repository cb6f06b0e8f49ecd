import { importExamples, paymentWebhook } from '../../host/demo/examples.mts';
import { startServices, type Services } from '../../host/demo/services.mts';
import type { Workflow } from '../../host/n8nClient.mts';
import type { Host } from './n8n.mts';
import type { Site } from './site.mts';

/** What `npm start` adds to n8n and the sandbox. */
export interface Demo {
	services: Services;
	/** The imported examples by file name without extension. */
	workflows: Map<string, Workflow>;
	/** Stops the services and unpublishes the examples, because test files share n8n. */
	stop(): Promise<void>;
}

/** Starts the local services and imports the examples, as `npm start` does. */
export async function startDemo(host: Host, site: Site): Promise<Demo> {
	const webhookUrl = await paymentWebhook(host.url);
	const services = await startServices({ sandbox: site, webhookUrl });
	const { workflows } = await importExamples(host.client, site, services);
	return {
		services,
		workflows,
		async stop() {
			for (const { id } of workflows.values()) await host.client.deactivate(id);
			await services.stop();
		},
	};
}
