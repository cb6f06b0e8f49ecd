// Builds what the TypeScript compiler does not: the icons and the codex files beside the nodes.
const { rm } = require('node:fs/promises');
const { execFile } = require('node:child_process');
const { promisify } = require('node:util');
const { dest, parallel, series, src } = require('gulp');

const OUTPUT = 'dist';

const clean = () => rm(OUTPUT, { recursive: true, force: true });

async function compile() {
	const tsc = require.resolve('typescript/bin/tsc');
	try {
		await promisify(execFile)(process.execPath, [tsc], { cwd: __dirname });
	} catch (error) {
		throw new Error(`TypeScript found errors:\n${error.stdout || error.message}`);
	}
}

const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest(`${OUTPUT}/icons`));

const codex = () => src('nodes/**/*.node.json').pipe(dest(`${OUTPUT}/nodes`));

exports.build = series(clean, parallel(compile, icons, codex));
exports.default = exports.build;
