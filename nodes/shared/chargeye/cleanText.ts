/** How many characters of a text from outside go into a message. */
const MAX_LENGTH = 300;

/** Control characters, and characters that reorder or hide text. */
const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;
const BEARER = /\bBearer\s+[\w.~+/=-]{16,}/gi;
const JSON_WEB_TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;

/** Text from outside made fit for a message: one line, no control characters, no tokens, and not too long. */
export function cleanText(text: string, maxLength = MAX_LENGTH): string {
	const line = text
		.slice(0, maxLength * 10)
		.replace(JSON_WEB_TOKEN, '***')
		.replace(BEARER, 'Bearer ***')
		.replace(INVISIBLE, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
}

/** How many characters of a web page are searched for its title. */
const PAGE_START = 10_000;

/** Describes a web page that came instead of an answer: `a web page titled "Sign in"`; undefined for other bodies. */
export function webPageIn(body: unknown): string | undefined {
	if (typeof body !== 'string') return undefined;
	const start = body.slice(0, PAGE_START).trimStart();
	const lower = start.toLowerCase();
	if (!lower.startsWith('<!doctype html') && !lower.startsWith('<html')) return undefined;
	const tag = lower.indexOf('<title');
	const from = tag === -1 ? -1 : lower.indexOf('>', tag);
	const to = from === -1 ? -1 : lower.indexOf('<', from);
	const title = to === -1 ? '' : start.slice(from + 1, to).trim();
	return title === '' ? 'a web page' : `a web page titled "${title}"`;
}

/** The names of fields in which APIs say what went wrong, the most informative first. */
const NAMES = [
	'message',
	'Message',
	'errorMessage',
	'error_description',
	'detail',
	'reason',
	'title',
	'error',
	'description',
];

/** The names of fields in which APIs list the single violations. */
const LISTS = ['errors', 'details', 'violations', 'issues'];

/** The names of fields in which a violation says what it is about. */
const PLACES = ['field', 'path', 'property', 'param', 'instancePath', 'pointer'];

const MAX_DEPTH = 3;
const MAX_ENTRIES = 5;

const scalarText = (value: unknown): string =>
	typeof value === 'string' ? value.slice(0, MAX_LENGTH * 10) : String(value);

const isScalar = (value: unknown): value is string | number | boolean =>
	(typeof value === 'string' && value.trim() !== '') ||
	typeof value === 'number' ||
	typeof value === 'boolean';

/** Joins texts, each once, without empty ones. */
const joined = (words: string[], separator: string) =>
	[...new Set(words.filter((word) => word !== ''))].join(separator);

/** Lists violations: "limit.acMaxPowerA: must be >= 0; stackLevel: must be an integer". */
function violationsIn(value: unknown, depth: number): string {
	if (typeof value !== 'object' || value === null) return isScalar(value) ? scalarText(value) : '';
	const entries = Object.entries(value).slice(0, MAX_ENTRIES);
	const isList = Array.isArray(value);
	return joined(
		entries.map(([name, violation]) => {
			const words = wordsOf(violation, depth + 1);
			return isList || words === '' ? words : `${name}: ${words}`;
		}),
		'; ',
	);
}

/**
 * The API's own words in the body of an error, whatever its form: JSON of any shape, text, HTML or nothing.
 * @returns '' if there are none
 */
export function wordsOf(body: unknown, depth = 0): string {
	if (typeof body === 'string') {
		const page = webPageIn(body);
		if (page === undefined) return scalarText(body);
		return page === 'a web page' ? 'A web page, not an answer of the API' : `A${page.slice(1)}`;
	}
	if (typeof body !== 'object' || body === null || depth > MAX_DEPTH) return '';
	if (Array.isArray(body)) {
		return joined(
			body.slice(0, MAX_ENTRIES).map((part) => wordsOf(part, depth + 1)),
			'; ',
		);
	}
	const read = (name: string): unknown => Reflect.get(body, name);
	const main = NAMES.map((name) => wordsOf(read(name), depth + 1)).find((text) => text !== '');
	const violations = LISTS.map((name) => violationsIn(read(name), depth));
	const place = depth === 0 ? undefined : PLACES.map(read).find(isScalar);
	const words = joined([main ?? '', ...violations], ': ');
	if (words !== '') return place === undefined ? words : `${scalarText(place)}: ${words}`;
	if (depth > 0) return '';
	const scalars = Object.entries(body).filter(([, value]) => isScalar(value));
	return scalars
		.slice(0, MAX_ENTRIES)
		.map(([name, value]) => `${name} ${scalarText(value)}`)
		.join(', ');
}
