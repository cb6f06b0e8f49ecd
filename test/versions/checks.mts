import { credentialsFor } from '../../host/credentials.mts';
import { PACKAGE_NAME } from '../../host/package.mts';
import { freePort } from '../../host/support/ports.mts';
import { byId } from '../support/byId.mts';
import { checkTriggers } from './triggers.mts';
import {
	errorOf,
	expectThat,
	itemsOf,
	otherCredential,
	runSteps,
	runWell,
	type Scene,
	type Step,
} from './scene.mts';

/** What is tried in each version of n8n. */
export interface Check {
	/** The row of the table. */
	title: string;
	/** @throws the reason, if it does not work */
	run: (scene: Scene) => Promise<void>;
}

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
const AC1 = 'OFFICE-AC-1';
const ACTIONS = ['chargerOperations', 'smartChargingProfile', 'transaction'];
const TRIGGERS = ['transactionTrigger', 'stationTrigger'];
const REFUSED = /^ChargEye refused the refresh token \(401\)/;

const setLimit = (parameters: Record<string, unknown>, more: Partial<Step> = {}): Step => ({
	name: 'Set',
	type: 'chargerOperations',
	parameters: {
		resource: 'chargingStation',
		operation: 'setPowerLimit',
		limitType: 'acMaxPowerKw',
		limitValue: 6,
		...parameters,
	},
	...more,
});

const profileStep = (name: string, parameters: Record<string, unknown>): Step => ({
	name,
	type: 'smartChargingProfile',
	typeVersion: 1.1,
	parameters,
});

const BUILD = profileStep('Build', { resource: 'schedule', operation: 'buildFromTariffHours' });

const loaded = ({ types }: Scene, names: readonly string[]) => {
	const missing = names.filter(
		(name) => !types.some((type) => type.name === `${PACKAGE_NAME}.${name}`),
	);
	expectThat(missing.length === 0, `missing: ${missing.join(', ')}`);
};

export const CHECKS: readonly Check[] = [
	{
		title: 'Loads: five nodes and the credential',
		run: (scene) => Promise.resolve(loaded(scene, [...ACTIONS, ...TRIGGERS])),
	},
	{
		title: 'Nodes as tools of AI agents',
		run: (scene) =>
			Promise.resolve(
				loaded(
					scene,
					ACTIONS.map((name) => `${name}Tool`),
				),
			),
	},
	{
		title: 'Credential test, good and refused',
		async run({ client, site, credential }) {
			const data = credentialsFor(site).refreshToken();
			const good = await client.testCredential(credential, data);
			expectThat(good.status === 'OK', `a good one: ${good.message}`);
			const wrong = { ...data, refreshToken: 'mistyped' };
			const bad = await client.testCredential(credential, wrong);
			expectThat(REFUSED.test(bad.message ?? ''), `a wrong one: ${bad.message}`);
		},
	},
	{
		title: 'Lists under From List',
		async run({ client, credential }) {
			const { results } = await client.searchList({
				path: 'parameters.stationId',
				methodName: 'searchStations',
				nodeType: `${PACKAGE_NAME}.chargerOperations`,
				parameters: { resource: 'chargingStation', operation: 'setPowerLimit' },
				credential,
			});
			expectThat(results.length === 3, `${results.length} of 3 stations`);
		},
	},
	{
		title: 'Commands, and hints in the output panel',
		async run(scene) {
			const execution = await runWell(scene, [setLimit({ stationId: byId(AC3), limitValue: 0 })]);
			const sent = await scene.site.messages(AC3, 'SetChargingProfile');
			expectThat(sent.length === 1, `${sent.length} of 1 commands`);
			const hints = execution.data.resultData.runData.Set[0].hints ?? [];
			expectThat(hints.length === 1, `${hints.length} of 1 hints`);
		},
	},
	{
		title: 'Profiles: build and set',
		async run(scene) {
			const execution = await runWell(scene, [BUILD, profileStep('Set', { stationId: byId(AC3) })]);
			const answers = itemsOf(execution, 'Set').map(({ json }) => json.response);
			const isAccepted = answers.length > 0 && answers.every((answer) => answer === 'Accepted');
			expectThat(isAccepted, `answered ${JSON.stringify(answers)}`);
		},
	},
	{
		title: 'Chart of a preview',
		async run(scene) {
			const preview = { resource: 'schedule', operation: 'preview' };
			const execution = await runWell(scene, [BUILD, profileStep('Preview', preview)]);
			const [item] = itemsOf(execution, 'Preview');
			const types = Object.values(item?.binary ?? {}).map(({ mimeType }) => mimeType);
			expectThat(types.includes('image/png'), `files: ${types.join() || 'none'}`);
		},
	},
	{
		title: 'Renewal of an expired token',
		async run(scene) {
			await runWell(scene, [setLimit({ stationId: byId(AC3) })]);
			await scene.site.expire('access');
			await runWell(scene, [setLimit({ stationId: byId(AC3), limitValue: 7 })]);
		},
	},
	{
		title: 'Error output: failed items go there, with several stations too',
		async run(scene) {
			const refusal = { action: 'SetChargingProfile', behaviour: 'refuse' } as const;
			await scene.site.script(AC3, { ...refusal, times: 2 });
			const onError = { onError: 'continueErrorOutput' } as const;
			const counts = async (step: Step) => {
				const execution = await runWell(scene, [step]);
				return [itemsOf(execution, 'Set', 0).length, itemsOf(execution, 'Set', 1).length].join();
			};
			const one = await counts(setLimit({ stationId: byId(AC3) }, onError));
			expectThat(one === '0,1', `one station: ${one}`);
			const stations = { stations: 'several', stationIds: `${AC3}, ${AC1}` };
			const several = await counts(setLimit(stations, onError));
			expectThat(several === '1,1', `several stations: ${several}`);
		},
	},
	{
		title: 'Network errors by their code',
		async run(scene) {
			const nowhere = await otherCredential(scene, {
				authentication: 'accessToken',
				accessToken: scene.site.accessToken,
				baseUrl: `http://127.0.0.1:${await freePort()}`,
			});
			const failed = await runSteps(scene, [setLimit({ stationId: byId(DC) })], nowhere);
			const message = errorOf(failed);
			expectThat(/could not be reached \(ECONNREFUSED\)/.test(message), message);
		},
	},
	{
		title: 'A refused renewal in its own words',
		async run(scene) {
			const wrong = await otherCredential(scene, { refreshToken: 'mistyped' });
			const failed = await runSteps(scene, [setLimit({ stationId: byId(DC) })], wrong);
			expectThat(REFUSED.test(errorOf(failed)), errorOf(failed));
		},
	},
	{
		title: 'Both triggers over sessions and outages, each event once',
		run: checkTriggers,
	},
];
