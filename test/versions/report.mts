/** What was found in one version of n8n. */
export interface VersionResult {
	version: string;
	/** Each check, with why it does not work; undefined if it works. */
	outcomes: Array<{ title: string; failure?: string }>;
	/** Each workflow, with the nodes that this n8n lacks. */
	workflows: Array<{ name: string; missing: string[] }>;
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

const mark = (works: boolean | undefined) => (works === undefined ? '–' : works ? 'yes' : '**no**');

/** The page docs/compatibility.md. @param date of the run, e.g. "2026-12-01" */
export function compatibilityPage(results: readonly VersionResult[], date: string): string {
	const versions = results.map(({ version }) => version);
	const head = [row(['n8n', ...versions]), row(['---', ...versions.map(() => '---')])];
	const titles = [
		...new Set(results.flatMap(({ outcomes }) => outcomes.map(({ title }) => title))),
	];
	const checks = titles.map((title) =>
		row([
			title,
			...results.map(({ outcomes }) => {
				const found = outcomes.find((outcome) => outcome.title === title);
				return mark(found && found.failure === undefined);
			}),
		]),
	);
	const names = [
		...new Set(results.flatMap(({ workflows }) => workflows.map(({ name }) => name))),
	].sort();
	const workflows = names.map((name) =>
		row([
			`\`${name}.json\``,
			...results.map(({ workflows: all }) => {
				const found = all.find((one) => one.name === name);
				return mark(found && found.missing.length === 0);
			}),
		]),
	);
	const failures = results.flatMap(({ version, outcomes }) =>
		outcomes
			.filter(({ failure }) => failure !== undefined)
			.map(({ title, failure }) => `- n8n ${version}, ${title}: ${failure}`),
	);
	const missing = results.flatMap(({ version, workflows: all }) =>
		all
			.filter((one) => one.missing.length > 0)
			.map(
				(one) =>
					`- n8n ${version} has no ${one.missing.join(', ')}: \`${one.name}.json\` does not run.`,
			),
	);
	return `${[
		'# Compatibility',
		'',
		`Written on ${date} by \`npm run test:versions -- ${versions.join(' ')} --write\`: the packed package in a real n8n of each`,
		'version, with the sandbox.',
		'',
		...head,
		...checks,
		'',
		'## Workflows',
		'',
		'Whether this n8n has each node of a workflow, in the version that the workflow uses.',
		'',
		...head,
		...workflows,
		...(failures.length + missing.length > 0 ? ['', '## What does not work', ''] : []),
		...failures,
		...missing,
	].join('\n')}\n`;
}

/** Whether everything works except workflows, whose nodes an older n8n may lack. */
export const worksIn = ({ outcomes }: VersionResult): boolean =>
	outcomes.length > 1 && outcomes.every(({ failure }) => failure === undefined);

const MARKS = ['<!-- compatibility: begin -->', '<!-- compatibility: end -->'] as const;

/** README with the short table of these results between its marks. */
export function withCompatibility(readme: string, results: readonly VersionResult[]): string {
	const [begin, end] = MARKS.map((text) => readme.indexOf(text));
	if (begin === -1 || end === -1) throw new Error('README has no marks for the table.');
	const lines = [
		row(['n8n', ...results.map(({ version }) => version)]),
		row(['---', ...results.map(() => '---')]),
		row(['Nodes, credential, triggers', ...results.map((result) => mark(worksIn(result)))]),
		row([
			'Workflows',
			...results.map(({ workflows }) => {
				const complete = workflows.filter(({ missing }) => missing.length === 0);
				return `${complete.length} of ${workflows.length}`;
			}),
		]),
	];
	const table = `${MARKS[0]}\n\n${lines.join('\n')}\n\n`;
	return readme.slice(0, begin) + table + readme.slice(end);
}
