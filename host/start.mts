// npm start: a local ChargEye with stations, and an n8n with this package.
import { parseStartOptions, START_HELP, type StartOptions } from './commandLine.mts';
import { controlClient } from './controlClient.mts';
import { plugInCars } from './demo/cars.mts';
import { importExamples, paymentWebhook } from './demo/examples.mts';
import { welcome } from './demo/guide.mts';
import { startServices, type Services } from './demo/services.mts';
import { installN8n } from './install.mts';
import { buildPackage } from './package.mts';
import { startPackagedN8n } from './packagedN8n.mts';
import { showFlows } from './once/showFlows.mts';
import { startSandbox, type RunningSandbox } from './sandbox.mts';
import { runCommand } from './support/command.mts';
import { OperatorError } from './support/errors.mts';
import type { RunningN8n } from './n8n.mts';
import { requireFreePort } from './support/ports.mts';
import { withProgress } from './support/progress.mts';

runCommand(async (signal) => {
	const options = parseStartOptions(process.argv.slice(2));
	if (options.help) {
		console.log(START_HELP);
		return 0;
	}
	// Ports are checked before anything that takes minutes.
	await requireFreePort(options.port, 'n8n', '--port');
	await requireFreePort(options.pagesPort, 'the pages', '--pages-port');

	const host = await withProgress((onProgress) => installN8n({ signal, onProgress }));
	console.log('Building the package …');
	await buildPackage(process.cwd(), signal);
	console.log('Starting the sandbox: a local ChargEye with simulated charging stations …');
	const sandbox = await startSandbox({
		port: options.sandboxPort,
		ocppPort: options.ocppPort,
		args: ['--no-cars'],
		signal,
	});
	try {
		console.log(`Starting n8n ${host.version} with the package …`);
		const n8n = await startPackagedN8n(host, {
			port: options.port,
			timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
			signal,
		});
		try {
			const services = await startServices({
				port: options.pagesPort,
				sandbox,
				webhookUrl: await paymentWebhook(n8n.url),
			});
			try {
				return await use(options, sandbox, n8n, services, signal);
			} finally {
				await services.stop();
			}
		} finally {
			console.log('Stopping …');
			await n8n.stop();
		}
	} finally {
		await sandbox.stop();
	}
});

async function use(
	options: StartOptions,
	sandbox: RunningSandbox,
	n8n: RunningN8n,
	services: Services,
	signal: AbortSignal,
): Promise<number> {
	const fleet = controlClient(sandbox.control);
	await plugInCars(fleet);
	const { workflows, credential } = await importExamples(n8n.client, sandbox, services);
	if (options.once) {
		return await showFlows({ client: n8n.client, fleet, signal }, workflows, services);
	}

	console.log(welcome({ n8n, sandbox, services, workflows, credentialName: credential.name }));

	const ended = await Promise.race([
		n8n.ended.then(() => ({ name: 'n8n', output: n8n.output() })),
		sandbox.ended.then(() => ({ name: 'The sandbox', output: sandbox.output() })),
	]);
	signal.throwIfAborted();
	const last = ended.output.split('\n').slice(-20).join('\n');
	throw new OperatorError(`${ended.name} ended by itself. Its last output:\n${last}`);
}
