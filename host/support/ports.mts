import getPort, { clearLockedPorts } from 'get-port';
import { OperatorError } from './errors.mts';

const host = '127.0.0.1';

/** A TCP port on 127.0.0.1 that nothing listens on at the moment. */
export const freePort = (): Promise<number> => getPort({ host });

/**
 * @param port the wanted port; 0 stands for any free one and is always accepted
 * @param user the program that needs the port, e.g. "n8n"
 * @param option the option to choose another port, e.g. "--port"
 * @throws OperatorError if the port is not available
 */
export async function requireFreePort(port: number, user: string, option: string): Promise<void> {
	// It would refuse for a while what it has found free before.
	clearLockedPorts();
	if (port === 0 || (await getPort({ host, port })) === port) return;
	throw new OperatorError(
		`Port ${port}, which ${user} needs, is in use by another program or reserved by the system. Stop that program, or choose another port with ${option} (0 takes any free one).`,
	);
}
