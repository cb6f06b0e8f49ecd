import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const REPOSITORY = 'https://github.com/charger-operations/n8n-nodes-charger-operations';

const filesIn = (folder: string, ending: string) =>
	readdirSync(folder)
		.filter((name) => name.endsWith(ending))
		.map((name) => join(folder, name));

const PAGES = [...filesIn('.', '.md'), ...filesIn('docs', '.md'), join('sandbox', 'README.md')];

const LINKING = [
	...readdirSync('nodes').flatMap((node) => filesIn(join('nodes', node), '.node.json')),
	...filesIn('credentials', '.ts'),
];

/** A heading as GitHub names it in an address. */
const anchorOf = (heading: string) =>
	heading
		.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N}_\- ]/gu, '')
		.replaceAll(' ', '-');

const anchorsOf = (page: string) =>
	[...readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading));

/** Whether a file, and a heading in it if one is named, is there. */
function leadsSomewhere(page: string, link: string): boolean {
	const [path, anchor] = link.split('#');
	const target = path === '' ? page : normalize(join(dirname(page), path));
	return existsSync(target) && (anchor === undefined || anchorsOf(target).includes(anchor));
}

it.each(PAGES)('every link and picture of %s is there', (page) => {
	const text = readFileSync(page, 'utf8');
	const links = [
		...text.matchAll(/\]\(([^)\s]+)\)/g),
		...text.matchAll(/(?:src|srcset)="([^"]+)"/g),
	].map(([, link]) => link);
	const ours = links.filter((link) => !/^(https?|mailto):/.test(link));
	expect(ours.filter((link) => !leadsSomewhere(page, link))).toEqual([]);
});

it.each(LINKING)('the documentation that n8n opens from %s is there', (file) => {
	const links = [...readFileSync(file, 'utf8').matchAll(/https:\/\/github\.com[^"']+/g)]
		.map(([link]) => link)
		.filter((link) => link.startsWith(REPOSITORY));
	expect(links.length).toBeGreaterThan(0);
	const inFiles = links.map((link) =>
		link
			.replace(REPOSITORY, '')
			.replace(/^\/blob\/HEAD\//, '')
			.replace(/^#/, 'README.md#'),
	);
	expect(inFiles.filter((link) => !leadsSomewhere('README.md', link))).toEqual([]);
});
