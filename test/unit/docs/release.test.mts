import { readFileSync } from 'node:fs';

const read = (file: string) => readFileSync(file, 'utf8');

it('package, lock file and the newest section of the changelog have the same version', () => {
	const { version } = JSON.parse(read('package.json')) as { version: string };
	const lock = JSON.parse(read('package-lock.json')) as {
		version: string;
		packages: Record<string, { version: string }>;
	};
	const [, newest] = /^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}$/m.exec(read('CHANGELOG.md'))!;
	expect([lock.version, lock.packages[''].version, newest]).toEqual([version, version, version]);
});

it('only what was tested and scanned is published, with provenance', () => {
	const workflow = read('.github/workflows/publish.yml');
	expect(workflow).toContain('id-token: write');
	expect(workflow).toMatch(/uses: \.\/\.github\/workflows\/ci\.yml[\s\S]*needs: test/);
	expect(workflow).toMatch(/npm run scan[\s\S]*npm run release/);
	expect(read('.github/workflows/ci.yml')).toContain('workflow_call:');
});

it('README is short enough to be read', () => {
	expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(200);
});
