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

const NAMES = ['message', 'error_description', 'detail', 'title', 'error', 'errors', 'description'];

/**
 * The API's own words in the body of an error, whatever its form: JSON of any shape, text, HTML or nothing.
 * Returns '' when there are none.
 */
export function wordsOf(body: unknown, depth = 0): string {
	if (typeof body === 'string') {
		if (!/^\s*<(!doctype|html)/i.test(body)) return body;
		const title = /<title[^>]*>([^<]*)<\/title>/i.exec(body)?.[1];
		return title ? `A web page titled "${title}"` : 'A web page, not an answer of the API';
	}
	if (typeof body !== 'object' || body === null || depth > 3) return '';
	if (Array.isArray(body)) {
		return body
			.slice(0, 5)
			.map((part) => wordsOf(part, depth + 1))
			.filter((words) => words !== '')
			.join('; ');
	}
	for (const name of NAMES) {
		const words = wordsOf(Reflect.get(body, name), depth + 1);
		if (words !== '') return words;
	}
	return '';
}
