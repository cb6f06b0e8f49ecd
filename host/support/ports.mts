import { createServer } from 'node:net';
import { codeOf, messageOf, OperatorError } from './errors.mts';

const LOOPBACK = '127.0.0.1';

/** A TCP port on 127.0.0.1 that nothing listens on at the moment. */
export const freePort = (): Promise<number> => listenOnce(0);

/**
 * @param port the wanted port, or 0 for any free one
 * @param user who wants it, e.g. "n8n"
 * @param option the option that chooses another, e.g. "--port"
 * @throws OperatorError when the port is taken or may not be used
 */
export async function claimPort(port: number, user: string, option: string): Promise<number> {
	try {
		return await listenOnce(port);
	} catch (error) {
		const code = codeOf(error);
		const reason =
			code === 'EADDRINUSE'
				? 'is in use by another program'
				: `cannot be used (${code ?? messageOf(error)})`;
		throw new OperatorError(
			`Port ${port}, wanted for ${user}, ${reason}. Stop that program, or choose another port with ${option} (0 takes any free one).`,
		);
	}
}

function listenOnce(port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(port, LOOPBACK, () => {
			const address = server.address();
			server.close(() => {
				if (address === null || typeof address === 'string') reject(new Error('no TCP address'));
				else resolve(address.port);
			});
		});
	});
}
