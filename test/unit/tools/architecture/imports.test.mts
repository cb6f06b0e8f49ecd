import { runProcess } from '../../../../host/support/processes.mts';

it('every import is allowed, and the drawing in the docs is up to date', async () => {
	const end = await runProcess(process.execPath, [
		'--import',
		'tsx',
		'tools/architecture/main.mts',
		'--check',
	]);
	expect(end).toMatchObject({
		code: 0,
		output: 'Every import is allowed.',
	});
});
