import { credentialsFor } from '../../host/credentials.mts';
import { byId } from '../support/chargerOperations.mts';
import { runNode, type Credential, type NodeRun } from '../support/engine.mts';
import { startHostileApi, type HostileAnswer, type HostileApi } from '../support/hostileApi.mts';

/** How much longer (ms) the event loop may be blocked than by n8n's own work on a harmless input. */
const MOST_MS = 50;

const MEGABYTE = 1_000_000;

let api: HostileApi;
beforeAll(async () => {
	api = await startHostileApi();
});
afterAll(() => api.stop());

const credentialFor = (rest: string): Credential =>
	credentialsFor({
		rest,
		accessToken: 'access-token-4711',
		refreshToken: 'refresh-token-4711',
	}).accessToken();

/** CPU time of this process (ms). Real time would also count the work of other processes. */
function workedMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

/** The longest time (ms) in a run during which nothing else in the process could run. */
async function longestOf(run: () => Promise<unknown>): Promise<number> {
	let last = workedMs();
	let longest = 0;
	const look = () => {
		const now = workedMs();
		longest = Math.max(longest, now - last);
		last = now;
	};
	const watch = setInterval(look, 1);
	await run();
	look();
	clearInterval(watch);
	return longest;
}

/**
 * The same for the best of some runs, since a run may include the garbage collection of earlier ones.
 * @param enough a time (ms) so short that no further run is needed
 */
async function blockingOf(run: () => Promise<unknown>, enough?: number): Promise<number> {
	let best = Infinity;
	const runs = enough === undefined ? 3 : 20;
	for (let n = 0; n < runs && best > (enough ?? 0); n++)
		best = Math.min(best, await longestOf(run));
	return best;
}

const ms = (time: number) => `${time.toFixed(0).padStart(5)} ms`;

/** How long it takes to parse a body (ms), which n8n does before the node sees it. */
async function parsingOf(body: string): Promise<number> {
	const parse = () => Promise.resolve().then(() => JSON.parse(body) as unknown);
	return await blockingOf(() => parse().catch(() => undefined));
}

/**
 * Runs the same on a harmless input and on others of its size.
 * @param seen the user's view of the harmless run, which shows that it got as far as the others must
 * @param more how much longer (ms) n8n itself needs for another input than for the harmless one
 * @returns the inputs that block the event loop
 */
async function slowOnes(
	place: string,
	inputs: Record<string, string>,
	seen: RegExp,
	run: (input: string) => Promise<NodeRun>,
	more: (input: string) => Promise<number> = () => Promise.resolve(0),
): Promise<string[]> {
	// The first run loads code that later runs find loaded.
	expect((await run(inputs.harmless)).everything).toMatch(seen);
	const harmless = await blockingOf(() => run(inputs.harmless));
	const slow: string[] = [];
	for (const [name, input] of Object.entries(inputs)) {
		if (name === 'harmless') continue;
		const least = harmless + (await more(input));
		const most = least + MOST_MS;
		const blocking = await blockingOf(() => run(input), most);
		const line = `${ms(blocking)}, of which n8n needs ${ms(least)}: ${place}, ${name}`;
		process.stdout.write(`${line}\n`);
		if (blocking > most) slow.push(line);
	}
	return slow;
}

/** A text of one megabyte. */
const filled = (part: string, size = MEGABYTE) => part.repeat(Math.ceil(size / part.length));

describe('a megabyte in an answer', () => {
	const TEXTS: Record<string, string> = {
		harmless: filled('a'),
		spaces: filled(' '),
		'control characters': filled('\\u0000'),
		'control characters between letters': filled('a\\u202e'),
		'"Bearer " again and again': filled('Bearer '),
		'tokens that begin again and again': filled('eyJ'),
		'tokens that begin after dots': filled('eyJ-.'),
		'a token’s half': filled('Bearer a'),
	};
	const BODIES: Record<string, string> = {
		harmless: JSON.stringify({ message: filled('a') }),
		'an endless title': `<html>${filled('<title', 240_000)}`,
		'titles in text': filled('<title>'),
		'nested lists': `${filled('[', MEGABYTE / 2)}${filled(']', MEGABYTE / 2)}`,
		'nested objects': `${filled('{"message":', MEGABYTE)}1${filled('}', MEGABYTE / 11 + 1)}`,
		'many fields': `{${Array.from({ length: 30_000 }, (_, n) => `"f${n}": "value"`).join(',')}}`,
		'many breaches': JSON.stringify({ errors: Array(30_000).fill({ message: 'no' }) }),
	};

	const setLimit = async (answer: HostileAnswer) => {
		const { baseUrl } = await api.open(answer);
		return () =>
			runNode({
				type: 'chargerOperations',
				parameters: {
					resource: 'chargingStation',
					operation: 'setPowerLimit',
					stationId: byId('S-0'),
					limitType: 'acMaxPowerKw',
					limitValue: 9,
					options: { timeLimit: 5, passRejected: true },
				},
				credential: credentialFor(baseUrl),
			});
	};

	const getMany = async (answer: HostileAnswer) => {
		const { baseUrl } = await api.open(answer);
		return () =>
			runNode({
				type: 'chargerOperations',
				parameters: {
					resource: 'chargingStation',
					operation: 'getAll',
					returnAll: true,
					output: 'raw',
				},
				credential: credentialFor(baseUrl),
			});
	};

	/** Prepares each answer before it is requested, so that only the run is measured. */
	async function measured(
		place: string,
		bodies: Record<string, string>,
		seen: RegExp,
		runFor: (body: string) => Promise<() => Promise<NodeRun>>,
	) {
		const runs = new Map<string, () => Promise<NodeRun>>();
		for (const body of Object.values(bodies)) runs.set(body, await runFor(body));
		expect(await slowOnes(place, bodies, seen, (body) => runs.get(body)!(), parsingOf)).toEqual([]);
	}

	it.each([
		['the words of an error', 400, (text: string) => `{"message": "${text}"}`],
		['a verdict', 200, (text: string) => `{"response": "${text}"}`],
		[
			'additional information',
			200,
			(text: string) =>
				`{"response": "Rejected", "statusInfo": {"reasonCode": "Other", "additionalInfo": "${text}"}}`,
		],
	])('as %s does not hold up the event loop', async (place, status, bodyOf) => {
		await measured(place, TEXTS, /a{20}/, (text) => setLimit({ status, body: bodyOf(text) }));
	});

	it('as the name of a charging station does not hold up the event loop', async () => {
		await measured('a station’s name', TEXTS, /a{20}/, (text) =>
			getMany({ body: `{"stations": [{"stationId": "S-0", "name": "${text}"}]}` }),
		);
	});

	it.each([
		[400, /a{20}/],
		[200, /does not say what the charger did/],
	])('with status %i in any form does not hold up the event loop', async (status, seen) => {
		await measured(`body with ${status}`, BODIES, seen, (body) => setLimit({ status, body }));
	});
});

const STATION = { stationId: byId('S-0') };
const LIMIT = { limitType: 'acMaxPowerKw', limitValue: 9 };
const DRY = { dryRun: true };

/** A field, and the operation and parameters to give it in. */
type Field = [operation: string, parameters: (text: string) => Record<string, unknown>];

const FIELDS: Record<string, Field> = {
	'Charging Station': [
		'chargerOperations chargingStation:clearPowerLimit',
		(text) => ({ stationId: byId(text), options: DRY }),
	],
	Connector: [
		'chargerOperations connector:clearPowerLimit',
		(text) => ({ ...STATION, connectorId: byId(text), options: DRY }),
	],
	Limit: [
		'chargerOperations chargingStation:setPowerLimit',
		(text) => ({ ...STATION, ...LIMIT, limitValue: text, options: DRY }),
	],
	Comment: [
		'chargerOperations chargingStation:setPowerLimit',
		(text) => ({ ...STATION, ...LIMIT, options: { ...DRY, comment: text } }),
	],
	Condition: [
		'chargerOperations chargingStation:setPowerLimit',
		(text) => ({ ...STATION, ...LIMIT, options: { ...DRY, condition: text } }),
	],
	'Time Limit': [
		'chargerOperations chargingStation:setPowerLimit',
		(text) => ({ ...STATION, ...LIMIT, options: { ...DRY, timeLimit: text } }),
	],
	'Charging Station Names or IDs': [
		'chargerOperations chargingStation:clearPowerLimit',
		(text) => ({ stations: 'several', stationIds: `={{ ${JSON.stringify(text)} }}`, options: DRY }),
	],
	'Fields of Get': [
		'chargerOperations chargingStation:get',
		(text) => ({ ...STATION, output: 'selected', outputFields: text }),
	],
	From: [
		'transaction transaction:getAll',
		(text) => ({ returnAll: true, filters: { from: text } }),
	],
	'Authorization Reference': [
		'transaction transaction:start',
		(text) => ({
			...STATION,
			connectorId: byId('1'),
			authorizationReference: text,
			options: DRY,
		}),
	],
	'ID Token': [
		'transaction transaction:start',
		(text) => ({ ...STATION, connectorId: byId('1'), idToken: text, options: DRY }),
	],
	'First Charging Profile': [
		'transaction transaction:start',
		(text) => ({
			...STATION,
			connectorId: byId('1'),
			options: { ...DRY, chargingProfile: text },
		}),
	],
	'Start Schedule': [
		'smartChargingProfile chargingStation:setProfile',
		(text) => ({ ...STATION, specifyProfile: 'fields', startSchedule: text, options: DRY }),
	],
	'Charging Profile ID of Clear': [
		'smartChargingProfile chargingStation:clearProfile',
		(text) => ({ ...STATION, criteria: { chargingProfileId: text }, options: DRY }),
	],
};

describe('a megabyte in a field', () => {
	const TEXTS: Record<string, string> = {
		// Such a text must be percent-encoded as well.
		harmless: filled('é'),
		'spaces between letters': `a${filled(' ')}a`,
		spaces: filled(' '),
		'digits and a letter': `${filled('1')}x`,
		digits: filled('1'),
		commas: filled(','),
		'commas and spaces': filled(', '),
	};

	it.each(Object.entries(FIELDS))(
		'%s does not hold up the event loop',
		async (field, [operation, parameters]) => {
			const { baseUrl } = await api.open({ body: '{"stations": [], "transactions": []}' });
			const [type, resource, name] = operation.split(/[ :]/);
			// The field is sent, or refused by its name.
			const seen = new RegExp(`é{20}|"${field.replace(/ of .*/, '')} `);
			const run = (text: string) =>
				runNode({
					type,
					parameters: { resource, operation: name, ...parameters(text) } as never,
					credential: credentialFor(baseUrl),
				});
			expect(await slowOnes(field, TEXTS, seen, run)).toEqual([]);
		},
	);
});
