import {
	compatibilityPage,
	withCompatibility,
	worksIn,
	type VersionResult,
} from '../../versions/report.mts';

const NEW: VersionResult = {
	version: '2.41.1',
	outcomes: [{ title: 'Loads' }, { title: 'Renewal' }],
	workflows: [{ name: 'payment', missing: [] }],
};
const OLD: VersionResult = {
	version: '1.100.1',
	outcomes: [{ title: 'Loads' }, { title: 'Renewal', failure: 'the run ended with: 401' }],
	workflows: [{ name: 'payment', missing: ['dataTable 1.1'] }],
};

describe('the page about compatibility', () => {
	const page = compatibilityPage([OLD, NEW], '2026-12-01');

	it('has a row for each check and workflow, and a column for each version', () => {
		expect(page).toContain('| n8n | 1.100.1 | 2.41.1 |');
		expect(page).toContain('| Loads | yes | yes |');
		expect(page).toContain('| Renewal | **no** | yes |');
		expect(page).toContain('| `payment.json` | **no** | yes |');
	});

	it('says when and by which command it was written, and what does not work', () => {
		expect(page).toContain('2026-12-01 by `npm run test:versions -- 1.100.1 2.41.1 --write`');
		expect(page).toContain('- n8n 1.100.1, Renewal: the run ended with: 401');
		expect(page).toContain('- n8n 1.100.1 has no dataTable 1.1: `payment.json` does not run.');
	});
});

it('a version works if all checks do, even if it lacks nodes of a workflow', () => {
	expect(worksIn(NEW)).toBe(true);
	expect(worksIn({ ...NEW, workflows: OLD.workflows })).toBe(true);
	expect(worksIn(OLD)).toBe(false);
	expect(worksIn({ ...NEW, outcomes: [] })).toBe(false);
});

it('README gets a short table between its marks', () => {
	const readme = 'A\n\n<!-- compatibility: begin -->\nold\n<!-- compatibility: end -->\n\nB';
	const changed = withCompatibility(readme, [OLD, NEW]);
	expect(changed).toMatch(/^A\n\n<!--[^]*-->\n\nB$/);
	expect(changed).toContain('| Nodes, credential, triggers | **no** | yes |');
	expect(changed).toContain('| Workflows | 0 of 1 | 1 of 1 |');
	expect(changed).not.toContain('old');
});
