import { endpointOf } from './placeholders.mts';
import { isInside, type Fields } from './fields.mts';
import type { Operation } from './readContract.mts';
import { actIn, likeness, placeholderThings, subjectIn, wordsOf } from './words.mts';

export interface Match {
	ours: Operation;
	vendors: Operation;
	/** Why they are taken for the same operation. */
	reason: string;
}

export interface Matching {
	/** One to one. */
	matches: Match[];
	/** Operations of ours for which no vendor's operation stands out, or which stand in each other's way. */
	ambiguous: Array<{ ours: Operation; candidates: Operation[] }>;
	/** Operations of ours that the vendor's file does not have. */
	missing: Operation[];
}

type Pair = Omit<Match, 'reason'>;

interface Evidence {
	/** 0 to 1. */
	score: (pair: Pair) => number;
	/** The least score that counts. */
	enough: number;
	reason: (pair: Pair, percent: number) => string;
}

/** By how much a score must exceed every other one of either operation. */
const LEAD = 0.1;

/** The strongest first: what one has matched, the next ones leave alone. */
const EVIDENCE: Evidence[] = [
	{
		score: ({ ours, vendors }) =>
			Number(!ours.vendorsIdIsInferred && isSameId(ours.vendorsId, vendors.operationId)),
		enough: 1,
		reason: ({ vendors }) => `known operationId: ${vendors.operationId}`,
	},
	{
		score: ({ ours, vendors }) => Number(isSameId(ours.operationId, vendors.operationId)),
		enough: 1,
		reason: () => 'same operationId',
	},
	{
		score: (pair) => Number(endpointOf(pair) === `${pair.ours.method} ${pair.ours.path}`),
		enough: 1,
		reason: () => 'same method and path',
	},
	{
		score: ({ ours, vendors }) => Number(isSameId(ours.vendorsId, vendors.operationId)),
		enough: 1,
		reason: ({ vendors }) => `expected operationId: ${vendors.operationId}`,
	},
	{
		score: (pair) => (isOpposed(pair) || !isOfSameThing(pair) ? 0 : sameWords(pair)),
		enough: 0.6,
		reason: ({ vendors }, percent) =>
			vendors.summary === undefined
				? `similar operationId (${percent} %)`
				: `similar summary (${percent} %): ${vendors.summary}`,
	},
	{
		score: (pair) => (isOpposed(pair) ? 0 : sameShape(pair)),
		enough: 0.6,
		reason: (_, percent) => `similar body, answer and path (${percent} %)`,
	},
];

/** Finds for each operation of ours the vendor's that is the same; where two could be, neither. */
export function matchOperations(ours: Operation[], vendors: Operation[]): Matching {
	const matches: Match[] = [];
	const isFree = (pair: Pair) =>
		!matches.some((match) => match.ours === pair.ours || match.vendors === pair.vendors);
	const pairs = ours.flatMap((one) => vendors.map((other) => ({ ours: one, vendors: other })));
	for (const { score, enough, reason } of EVIDENCE) {
		const scored = pairs.filter(isFree).map((pair) => ({ pair, score: score(pair) }));
		const standsOut = (one: (typeof scored)[number]) =>
			scored.every(
				(other) =>
					other === one ||
					(other.pair.ours !== one.pair.ours && other.pair.vendors !== one.pair.vendors) ||
					other.score <= one.score - LEAD,
			);
		matches.push(
			...scored
				.filter((one) => one.score >= enough && standsOut(one))
				.map((one) => ({ ...one.pair, reason: reason(one.pair, Math.round(one.score * 100)) })),
		);
	}
	const rest = pairs.filter(isFree);
	const open = ours
		.filter((one) => !matches.some((match) => match.ours === one))
		.map((one) => ({
			ours: one,
			candidates: rest
				.filter((pair) => pair.ours === one)
				.filter((pair) => EVIDENCE.some(({ score, enough }) => score(pair) >= enough))
				.map((pair) => pair.vendors),
		}));
	return {
		matches: ours.flatMap((one) => matches.filter((match) => match.ours === one)),
		ambiguous: open.filter(({ candidates }) => candidates.length > 0),
		missing: open.filter(({ candidates }) => candidates.length === 0).map((one) => one.ours),
	};
}

const plainId = (operationId = '') => operationId.replace(/[^a-z\d]/gi, '').toLowerCase();

const isSameId = (a: string | undefined, b: string | undefined) =>
	plainId(a) !== '' && plainId(a) === plainId(b);

const titleWords = ({ summary, operationId }: Operation) => wordsOf(summary ?? operationId ?? '');

function sameWords({ ours, vendors }: Pair): number {
	const titles = [ours, vendors].map(titleWords);
	// "Set a limit on a station" and "Set a profile on a station" share two words of three.
	const [subject, otherSubject] = titles.map(subjectIn);
	const sameSubject =
		subject.size === 0 || otherSubject.size === 0 || likeness(subject, otherSubject) !== 0;
	return sameSubject ? (likeness(titles[0], titles[1]) ?? 0) : 0;
}

/** Set and clear are much alike, and must never be taken for each other; nor a station's limit for a connector's. */
function isOpposed({ ours, vendors }: Pair): boolean {
	const [act, otherAct] = [ours, vendors].map((one) => actIn(titleWords(one)));
	const [thing, otherThing] = [ours, vendors].map((one) => thingOf(one));
	return differ(act, otherAct) || differ(thing, otherThing);
}

const differ = (a: string | undefined, b: string | undefined) =>
	a !== undefined && b !== undefined && a !== b;

/** What the path leads to: what its last placeholder stands for, as far as that is known. */
const thingOf = ({ path }: Operation) => [...placeholderThings(path).values()].at(-1);

/** A path that names no thing fits any, unless it has no placeholder at all: a list is not one of its things. */
const isOfSameThing = ({ ours, vendors }: Pair) =>
	thingOf(ours) === thingOf(vendors) ||
	[ours, vendors].some((one) => thingOf(one) === undefined && one.path.includes('{'));

function sameShape({ ours, vendors }: Pair): number {
	// The last name alone, for a value may stand deeper in another's body.
	const names = (fields: Fields) =>
		new Set([...fields.keys()].filter(isInside).map((at) => at.slice(at.lastIndexOf('.') + 1)));
	const likenesses = [
		likeness(names(ours.body), names(vendors.body)),
		likeness(names(ours.answer), names(vendors.answer)),
		likeness(pathWords(ours), pathWords(vendors)),
	].filter((one) => one !== undefined);
	return likenesses.reduce((sum, one) => sum + one, 0) / likenesses.length;
}

/** The words of a path, with its method and the number of its placeholders. */
const pathWords = ({ method, path }: Operation) =>
	new Set([
		method,
		...wordsOf(path),
		...[...placeholderThings(path).keys()].map((_, index) => `{${index}}`),
	]);
