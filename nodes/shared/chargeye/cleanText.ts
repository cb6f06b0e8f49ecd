/** How much of somebody else's text goes into a message. */
const MAX_LENGTH = 300;

/** Control characters, and those that reorder or hide text. */
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

/** How much of a web page is searched for its title. */
const PAGE_START = 10_000;

/** A web page where the API should have answered, such as "a web page titled "Sign in""; undefined if it is none. */
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

/** Where APIs put what went wrong, the most telling first. */
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

/** Where they put the single breaches beside it. */
const LISTS = ['errors', 'details', 'violations', 'issues'];

/** Where a breach says what it is about. */
const PLACES = ['field', 'path', 'property', 'param', 'instancePath', 'pointer'];

const MAX_DEPTH = 3;
const MAX_ENTRIES = 5;

const scalarText = (value: unknown): string =>
	typeof value === 'string' ? value.slice(0, MAX_LENGTH * 10) : String(value);

const isScalar = (value: unknown): value is string | number | boolean =>
	(typeof value === 'string' && value.trim() !== '') ||
	typeof value === 'number' ||
	typeof value === 'boolean';

/** Each word of a list once, joined. */
const joined = (words: string[], by: string) =>
	[...new Set(words.filter((word) => word !== ''))].join(by);

/** "limit.acMaxPowerA: must be >= 0; stackLevel: must be an integer". */
function breachesIn(value: unknown, depth: number): string {
	if (typeof value !== 'object' || value === null) return isScalar(value) ? scalarText(value) : '';
	const entries = Object.entries(value).slice(0, MAX_ENTRIES);
	const isList = Array.isArray(value);
	return joined(
		entries.map(([name, breach]) => {
			const words = wordsOf(breach, depth + 1);
			return isList || words === '' ? words : `${name}: ${words}`;
		}),
		'; ',
	);
}

/**
 * The API's own words in the body of an error, whatever its form: JSON of any shape, text, HTML or nothing.
 * Returns '' when there are none.
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
	const main = NAMES.map((name) => wordsOf(read(name), depth + 1)).find((words) => words !== '');
	const breaches = LISTS.map((name) => breachesIn(read(name), depth));
	const place = depth === 0 ? undefined : PLACES.map(read).find(isScalar);
	const said = joined([main ?? '', ...breaches], ': ');
	if (said !== '') return place === undefined ? said : `${scalarText(place)}: ${said}`;
	if (depth > 0) return '';
	const scalars = Object.entries(body).filter(([, value]) => isScalar(value));
	return scalars
		.slice(0, MAX_ENTRIES)
		.map(([name, value]) => `${name} ${scalarText(value)}`)
		.join(', ');
}
