import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	explainNpmFailure,
	lastNpmLines,
	npmStep,
	packagesOfLock,
} from '../../../host/support/npm.mts';

describe('a failure of npm', () => {
	it.each([
		['no network', 'npm error code ENOTFOUND\nnpm error getaddrinfo', /^npm could not reach/],
		['no name server', 'npm error code EAI_AGAIN', /^npm could not reach/],
		['a dead proxy', 'npm error code ECONNREFUSED\nconnect 127.0.0.1:3128', /the proxy that npm/],
		['a full disk', 'npm error code ENOSPC', /^The disk is full\. Free some space/],
		['a full disk that broke requests too', 'ECONNRESET\nENOSPC', /^The disk is full/],
		['a folder of someone else', 'npm error code EACCES', /^npm is not allowed to write/],
		['a damaged download', 'npm error code EINTEGRITY', /npm cache clean --force/],
		['a missing version', 'npm error code ETARGET', /does not have a version/],
		[
			'a missing compiler',
			'gyp ERR! stack Error: not found: make',
			/no compiler was found\. Install/,
		],
		['a missing Python', 'gyp ERR! find Python', /no compiler was found/],
		[
			'a missing compiler where no prebuilt driver could be fetched either',
			'prebuild-install warn install getaddrinfo ENOTFOUND\nmake: g++: No such file\ng++: not found\ngyp ERR! build error',
			/no compiler was found/,
		],
		[
			'a failing compiler',
			'prebuild-install warn install getaddrinfo ENOTFOUND\ngyp ERR! build error',
			/could not be compiled/,
		],
		['anything else', 'npm error something new', /^npm failed for an unknown reason\.$/],
	])('is explained in a sentence: %s', (_name, output, sentence) => {
		expect(explainNpmFailure(output)).toMatch(sentence);
	});

	it('is shown with npm’s last lines, without its notes on requests and settings', () => {
		const output = [
			'npm warn Unknown user config',
			'npm error code ENOTFOUND',
			'npm http fetch GET 200 https://packages.example/left-pad 1ms',
			'',
			'npm error the end',
		].join('\n');
		expect(lastNpmLines(output)).toBe('npm error code ENOTFOUND\nnpm error the end');
		expect(lastNpmLines(output, 1)).toBe('npm error the end');
	});
});

describe('the progress of npm', () => {
	it.each([
		['npm http fetch GET 200 https://packages.example/flatted 110ms (cache updated)', 'lookup'],
		[
			'npm http fetch GET 200 https://packages.example/a/-/a-1.0.0.tgz 34ms (cache miss)',
			'package',
		],
		['npm http cache a@https://packages.example/a/-/a-1.0.0.tgz 0ms (cache hit)', 'package'],
		['npm http fetch GET 404 https://packages.example/nothing 20ms', undefined],
		['added 8 packages in 574ms', undefined],
	])('is read from %s', (line, step) => {
		expect(npmStep(line)).toBe(step);
	});
});

describe('the packages of a lock file', () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'lock-test-'));
	});
	afterEach(() => rmSync(folder, { recursive: true }));

	it('are those for this platform', () => {
		const path = join(folder, 'package-lock.json');
		const other = process.platform === 'win32' ? 'linux' : 'win32';
		const packages = {
			'': { name: 'root' },
			'node_modules/a': { version: '1.0.0' },
			'node_modules/here': { version: '1.0.0', os: [process.platform], optional: true },
			'node_modules/there': { version: '1.0.0', os: other, optional: true },
			'node_modules/c-library': { version: '1.0.0', libc: ['musl'], optional: true },
			'node_modules/wasm': { version: '1.0.0', optional: true },
		};
		writeFileSync(path, JSON.stringify({ packages }));
		expect(packagesOfLock(path)).toEqual(['node_modules/a', 'node_modules/here']);
	});
});
