// Builds the package into dist/: the code of all nodes in one file, and beside it what n8n looks for by path.
const { Buffer } = require('node:buffer');
const { execFile } = require('node:child_process');
const { mkdir, rm, writeFile } = require('node:fs/promises');
const { dirname, parse, relative } = require('node:path');
const { Transform } = require('node:stream');
const { promisify } = require('node:util');
const { minify } = require('@swc/core');
const { build } = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { n8n } = require('./package.json');

const OUTPUT = 'dist';
const BUNDLE = `${OUTPUT}/bundle.js`;

/** Where n8n looks for a node or a credential, the class that it expects there, and where that is written. */
const ENTRIES = [...n8n.nodes, ...n8n.credentials].map((path) => ({
	path,
	className: parse(path).name.split('.')[0],
	source: `./${relative(OUTPUT, path).replaceAll('\\', '/').replace(/\.js$/, '')}`,
}));

const clean = () => rm(OUTPUT, { recursive: true, force: true });

async function checkTypes() {
	const tsc = require.resolve('typescript/bin/tsc');
	try {
		await promisify(execFile)(process.execPath, [tsc], { cwd: __dirname });
	} catch (error) {
		throw new Error(`TypeScript found errors:\n${error.stdout || error.message}`);
	}
}

/** In one file, because nodes and credential share classes of errors, and the first to load brings all. */
async function bundle() {
	const contents = ENTRIES.map(
		({ className, source }) => `export { ${className} } from '${source}';`,
	);
	const { outputFiles } = await build({
		stdin: { contents: contents.join('\n'), resolveDir: __dirname },
		write: false,
		bundle: true,
		format: 'cjs',
		platform: 'neutral',
		target: 'node20',
		// n8n brings these.
		external: ['n8n-workflow', 'luxon'],
		charset: 'utf8',
		minifySyntax: true,
	});
	const { code } = await minify(outputFiles[0].text, {
		compress: false,
		// Only local names: n8n reads those of classes, and people those of functions in stack traces.
		mangle: { topLevel: false, keep_fnames: true, keep_classnames: true },
	});
	await mkdir(OUTPUT, { recursive: true });
	await writeFile(BUNDLE, code);
}

const entries = () =>
	Promise.all(
		ENTRIES.map(async ({ path, className }) => {
			const bundlePath = relative(dirname(path), BUNDLE).replaceAll('\\', '/');
			await mkdir(dirname(path), { recursive: true });
			await writeFile(path, `exports.${className} = require('${bundlePath}').${className};\n`);
		}),
	);

const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest(`${OUTPUT}/icons`));

const codex = () => src('nodes/**/*.node.json').pipe(dest(`${OUTPUT}/nodes`));

/** The fields that the editor offers before any run, without white space. */
const outputSchemas = () =>
	src('nodes/**/__schema__/**/*.json')
		.pipe(
			new Transform({
				objectMode: true,
				transform(file, _encoding, done) {
					file.contents = Buffer.from(JSON.stringify(JSON.parse(file.contents)));
					done(null, file);
				},
			}),
		)
		.pipe(dest(`${OUTPUT}/nodes`));

exports.build = series(clean, parallel(checkTypes, bundle, entries, icons, codex, outputSchemas));
exports.default = exports.build;
