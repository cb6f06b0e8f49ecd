import { createSandboxCredential } from '../../host/credentials.mts';
import { installN8n } from '../../host/install.mts';
import { startPackagedN8n } from '../../host/packagedN8n.mts';
import { messageOf } from '../../host/support/errors.mts';
import { withProgress } from '../../host/support/progress.mts';
import { readWorkflow } from '../../host/workflows.mts';
import { record } from '../support/records.mts';
import { startSite } from '../support/site.mts';
import { CHECKS } from './checks.mts';
import type { VersionResult } from './report.mts';
import type { Scene } from './scene.mts';
import { missingNodes, workflowNames } from './workflowNodes.mts';

/** Installs an n8n if necessary, starts it with the package, and tries everything in it. */
export async function tryVersion(version: string, signal: AbortSignal): Promise<VersionResult> {
	const installed = await withProgress((onProgress) => installN8n({ version, onProgress, signal }));
	const result: VersionResult = { version, outcomes: [], workflows: [] };
	const site = await startSite();
	try {
		const log = (line: string) => record('log', `n8n ${version}`, line);
		const n8n = await startPackagedN8n(installed, { signal, log });
		try {
			const { client } = n8n;
			const types = await client.nodeTypes();
			const credential = await createSandboxCredential(client, site);
			const scene: Scene = { client, site, types, credential };
			for (const { title, run } of CHECKS) {
				signal.throwIfAborted();
				await site.reset();
				const failure = await run(scene).then(
					() => undefined,
					(error: unknown) => messageOf(error).slice(0, 200),
				);
				result.outcomes.push({ title, failure });
				console.log(`  ${failure === undefined ? 'yes' : 'NO '}  ${title}`);
				if (failure !== undefined) console.log(`       ${failure}`);
			}
			for (const name of await workflowNames()) {
				const missing = await missingNodes(name, types);
				await client.importWorkflow(await readWorkflow(name), credential);
				result.workflows.push({ name, missing });
				if (missing.length > 0) console.log(`  NO   ${name}: it lacks ${missing.join(', ')}`);
			}
			for await (const execution of client.allExecutions()) {
				record('output', `n8n ${version}, execution ${execution.id}`, JSON.stringify(execution));
			}
		} finally {
			await n8n.stop();
		}
	} catch (error) {
		signal.throwIfAborted();
		result.outcomes = [{ title: CHECKS[0].title, failure: messageOf(error).slice(0, 500) }];
		console.log(`  NO   ${messageOf(error)}`);
	} finally {
		await site.stop();
	}
	return result;
}
