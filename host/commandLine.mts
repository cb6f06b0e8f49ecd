import { parseArgs } from 'node:util';
import { messageOf, OperatorError } from './support/errors.mts';

export interface StartOptions {
	/** n8n's port; 0 takes any free one. */
	port: number;
	/** Port of the sandbox's REST API; 0 takes any free one. */
	sandboxPort: number;
	/** Port that the stations connect to; 0 takes any free one. */
	ocppPort: number;
	/** Port of the pages: stations, inbox, shop; 0 takes any free one. */
	pagesPort: number;
	/** Run each flow once, show what it did, and stop. */
	once: boolean;
	help: boolean;
}

export const START_HELP = `npm start [-- options]

Starts a local ChargEye with simulated charging stations (the sandbox) and an n8n with this
package, a credential and the example workflows. Ctrl-C stops everything.

  --port N           n8n's port (default 5678)
  --sandbox-port N   the sandbox's REST API (default: any free port)
  --ocpp-port N      where the stations connect by OCPP (default: any free port)
  --pages-port N     the pages: stations, inbox, shop (default: any free port)
  --once             run each flow once (limit at 17:00, payment, prices, tariff hours), show what
                     it did, and stop: the exit code is 0 only if each is proven at a station
  --help             show this

A port of 0 takes any free one. n8n is installed once into the user's cache folder
(N8N_HOST_CACHE names another).`;

/** @throws OperatorError that names an unknown option, or an option whose value is not a port */
export function parseStartOptions(args: string[]): StartOptions {
	let values;
	try {
		({ values } = parseArgs({
			args,
			options: {
				port: { type: 'string' },
				'sandbox-port': { type: 'string' },
				'ocpp-port': { type: 'string' },
				'pages-port': { type: 'string' },
				once: { type: 'boolean', default: false },
				help: { type: 'boolean', default: false },
			},
		}));
	} catch (error) {
		const reason = messageOf(error);
		throw new OperatorError(`${reason}\n\n${START_HELP}`);
	}
	const { once, help } = values;
	return {
		// With --once nobody opens n8n's address, so any free port will do.
		port: readPort('--port', values.port, once ? 0 : 5678),
		sandboxPort: readPort('--sandbox-port', values['sandbox-port'], 0),
		ocppPort: readPort('--ocpp-port', values['ocpp-port'], 0),
		pagesPort: readPort('--pages-port', values['pages-port'], 0),
		once,
		help,
	};
}

function readPort(option: string, text: string | undefined, fallback: number): number {
	if (text === undefined) return fallback;
	const port = Number(text);
	if (/^\d+$/.test(text) && port <= 65_535) return port;
	throw new OperatorError(`${option} must be a port from 0 to 65535, not "${text}".`);
}
