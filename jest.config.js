/** Packages of the tests and tools that are ES modules only: Jest loads CommonJS. */
const ES_MODULES = '(get-port|nano-spawn|p-wait-for)';

/**
 * Unit: pure code. Engine: nodes in n8n's own engine, with the sandbox. E2e: a real n8n and a real browser. Queue: n8n in queue
 * mode, with workers.
 */
const project = (displayName, extra = {}) => ({
	displayName,
	rootDir: __dirname,
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.mts`],
	testEnvironment: 'node',
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'json', 'node'],
	transformIgnorePatterns: [`/node_modules/(?!${ES_MODULES}/)`],
	transform: {
		[`\\.m?ts$|/node_modules/${ES_MODULES}/.*\\.js$`]: [
			'@swc/jest',
			{
				jsc: {
					target: 'es2022',
					parser: { syntax: 'typescript', decorators: true },
				},
				module: { type: 'commonjs' },
			},
		],
	},
	...extra,
});

/**
 * The `node_modules` with the engine of another n8n (`npm run test:versions`). Its packages stand in for those of the same
 * name here, for tests and nodes alike.
 */
const engine = process.env.CHARGER_OPERATIONS_TEST_ENGINE;
const ofEngine = engine && {
	// These tests run no node, or measure how long n8n and the nodes take.
	testPathIgnorePatterns: [
		'/(anotherCsms|bigInputs|controlApi|curlExamples|hostile|largeFleet|outputSchemas|package|requestLog|sandbox(Page|State)?|scan|scenarios|unregisteredStations)\\.test\\.',
	],
	moduleNameMapper: {
		'^(n8n-core|n8n-workflow|luxon|reflect-metadata)$': `${engine}/$1`,
		'^(n8n-core|n8n-workflow)/(.*)$': `${engine}/$1/$2`,
	},
};

module.exports = {
	testTimeout: 60_000,
	// By default Jest keeps one processor free; tests that run once can use all of them.
	maxWorkers: '100%',
	projects: [
		project('unit'),
		project('engine', { setupFiles: ['<rootDir>/test/support/engineSetup.mts'], ...ofEngine }),
		project('e2e'),
		project('queue'),
	],
};
