import { createServer, type AddressInfo } from 'node:net';
import { freePort, requireFreePort } from '../../../host/support/ports.mts';
import { runProcess, startProcess } from '../../../host/support/processes.mts';
import { duration, progressLine } from '../../../host/support/progress.mts';
import { until } from '../../../host/support/until.mts';

describe('a port', () => {
	it('in use is refused, naming the program that needs it and how to choose another', async () => {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		try {
			await expect(requireFreePort(port, 'n8n', '--port')).rejects.toThrow(
				`Port ${port}, which n8n needs, is in use by another program or reserved by the system. Stop that program, or choose another port with --port (0 takes any free one).`,
			);
		} finally {
			await new Promise((resolve) => server.close(resolve));
		}
	});

	it('that is free is accepted, also a second time, and so is 0', async () => {
		const port = await freePort();
		expect(port).toBeGreaterThan(0);
		await requireFreePort(port, 'n8n', '--port');
		await requireFreePort(port, 'n8n', '--port');
		await requireFreePort(0, 'n8n', '--port');
	});
});

describe('a started program', () => {
	const node = process.execPath;

	it('reports its exit code and what it printed', async () => {
		const end = await runProcess(node, ['-e', 'console.log("hello"); process.exitCode = 3']);
		expect(end).toEqual({ code: 3, signal: null, output: 'hello' });
	});

	it('that does not exist causes an error', async () => {
		await expect(runProcess('no-such-program-here', [])).rejects.toThrow(
			/^"no-such-program-here" could not be started: .*ENOENT/,
		);
	});

	it('has the variables of this process, except those that are removed', async () => {
		process.env.OF_A_TEST = 'kept';
		process.env.OF_A_USER = 'taken away';
		const script = 'console.log(process.env.OF_A_TEST, process.env.OF_A_USER, process.env.MORE)';
		const env = { OF_A_USER: undefined, MORE: 'added' };
		const { output } = await runProcess(node, ['-e', script], { env });
		expect(output).toBe('kept undefined added');
	});

	it('is stopped together with everything it started', async () => {
		let grandchild: number | undefined;
		const inner = JSON.stringify('setInterval(() => {}, 1000)');
		const script = `const c = require('child_process').spawn(process.execPath, ['-e', ${inner}]); console.log(c.pid); setInterval(() => {}, 1000);`;
		const child = await startProcess(node, ['-e', script], {
			onLine: (line) => (grandchild = Number(line)),
		});
		const pid = await until('the grandchild', 20, () => grandchild);
		await child.stop();
		expect(child.running()).toBe(false);
		await until('the end of the grandchild', 20, () => (isAlive(pid) ? undefined : true));
	});

	it('is stopped when the command is stopped', async () => {
		const controller = new AbortController();
		const running = runProcess(node, ['-e', 'console.log(1); setInterval(() => {}, 1000)'], {
			signal: controller.signal,
			onLine: () => controller.abort(),
		});
		await expect(running).rejects.toThrow(/abort/i);
	});
});

describe('waiting for a condition', () => {
	it('ends with what the condition returns, also 0', async () => {
		await expect(until('nothing', 1, () => 0)).resolves.toBe(0);
	});

	it('says what it was waiting for when time is up', async () => {
		await expect(until('the power to fall', 0, () => undefined)).rejects.toThrow(
			'Gave up after 0 s of waiting for the power to fall.',
		);
	});
});

describe('a line of progress', () => {
	it.each([
		[0, '0 s'],
		[59.4, '59 s'],
		[60, '1 min 00 s'],
		[185, '3 min 05 s'],
	])('shows %d seconds as %s', (seconds, text) => {
		expect(duration(seconds)).toBe(text);
	});

	it('says what is being done, and how much of it is done if that can be counted', () => {
		const count = { done: 0, total: 2212, unit: 'packages' };
		expect(progressLine({ phase: 'Installing n8n', count }, 61)).toBe(
			'Installing n8n: 0 of 2212 packages, 1 min 01 s',
		);
		expect(progressLine({ phase: 'Building' }, 5)).toBe('Building: 5 s');
	});
});

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
