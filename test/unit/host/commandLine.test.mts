import { parseStartOptions } from '../../../host/commandLine.mts';

describe('the options of npm start', () => {
	it('open the editor on n8n’s usual port, and leave the other ports free', () => {
		expect(parseStartOptions([])).toEqual({
			port: 5678,
			sandboxPort: 0,
			ocppPort: 0,
			pagesPort: 0,
			once: false,
			help: false,
		});
	});

	it('take any free port for a single run, so that it never collides', () => {
		expect(parseStartOptions(['--once'])).toMatchObject({ once: true, port: 0 });
	});

	it('accept each port, also 0', () => {
		const args = ['--port', '0', '--sandbox-port=8080', '--ocpp-port', '65535', '--pages-port=1'];
		expect(parseStartOptions(args)).toMatchObject({
			port: 0,
			sandboxPort: 8080,
			ocppPort: 65535,
			pagesPort: 1,
		});
	});

	it.each(['-1', '65536', '80.5', 'http', '', '0x50'])('refuse %j as a port, by name', (port) => {
		expect(() => parseStartOptions([`--sandbox-port=${port}`])).toThrow(
			`--sandbox-port must be a port from 0 to 65535, not "${port}".`,
		);
	});

	it('refuse an unknown option, and show the existing ones', () => {
		expect(() => parseStartOptions(['--prot', '80'])).toThrow(/--prot[\s\S]*--port N/);
	});
});
