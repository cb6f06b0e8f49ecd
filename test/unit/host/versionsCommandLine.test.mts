import { readFileSync } from 'node:fs';

import { OLDEST, TESTED_VERSIONS } from '../../../host/testedVersions.mts';
import { compareVersions, readHostManifest } from '../../../host/hostManifest.mts';
import { parseVersionsOptions } from '../../versions/commandLine.mts';

describe('npm run test:versions', () => {
	it('runs the engine of the oldest supported n8n if no version is named', () => {
		expect(parseVersionsOptions(['--engine'])).toMatchObject({ versions: [OLDEST], jestArgs: [] });
	});

	it('tries all tested versions in a real n8n if neither a version nor the engine is named', () => {
		expect(parseVersionsOptions([])).toMatchObject({ versions: TESTED_VERSIONS, engine: false });
	});

	it('takes versions, and options for Jest after a second --', () => {
		expect(
			parseVersionsOptions([
				'--engine',
				'1.123.81',
				'2.14.2',
				'--',
				'--testPathPatterns',
				'client',
			]),
		).toMatchObject({
			versions: ['1.123.81', '2.14.2'],
			jestArgs: ['--testPathPatterns', 'client'],
		});
	});

	it.each([
		[['--engine', '1.123'], /"1\.123" is not a version of n8n such as 1\.100\.1\./],
		[['--engines'], /--engines/],
	])('refuses %j, and shows how it is called', (args, message) => {
		expect(() => parseVersionsOptions(args)).toThrow(message);
		expect(() => parseVersionsOptions(args)).toThrow(/npm run test:versions \[-- versions\]/);
	});
});

it('the tested versions of n8n go from the oldest to the one that npm start runs', async () => {
	const { n8n } = await readHostManifest(process.cwd());
	expect([...TESTED_VERSIONS].sort(compareVersions)).toEqual(TESTED_VERSIONS);
	expect(TESTED_VERSIONS.at(-1)).toBe(n8n);
});

it('the oldest and the newest of them are tried each night', () => {
	const nightly = readFileSync('.github/workflows/nightly.yml', 'utf8');
	expect(nightly).toContain(`n8n: ['${TESTED_VERSIONS[0]}', '${TESTED_VERSIONS.at(-1)}']`);
});
