import { tokenOf } from './account';

/** The text that replaces a secret. */
const HIDDEN = '***';

/** Shorter texts are not tokens, and may occur in an answer by chance. */
const SHORTEST = 8;

/** How deep an answer is searched; deeper parts are replaced as if they were secrets. */
const MAX_DEPTH = 100;

/** A token's forms within base64, for each position where it can begin, without the characters shared with neighbours. */
function inBase64(secret: string): string[] {
	return [0, 1, 2].flatMap((before) => {
		const bytes = Buffer.from('\0'.repeat(before) + secret, 'utf8');
		const whole = Math.floor(bytes.length / 3) * 4;
		const encoded = bytes.toString('base64').slice(before === 0 ? 0 : before + 1, whole);
		return [encoded, encoded.replaceAll('+', '-').replaceAll('/', '_')];
	});
}

/** The forms in which a secret can come back: unchanged, percent-encoded, in JSON, in base64, in hexadecimal. */
function formsOf(secret: string): string[] {
	const encoded = encodeURIComponent(secret);
	const lowerCase = encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
	const hex = Buffer.from(secret, 'utf8').toString('hex');
	return [
		secret,
		encoded,
		lowerCase,
		encodeURIComponent(encoded),
		JSON.stringify(secret).slice(1, -1),
		...inBase64(secret),
		...inBase64(encoded),
		hex,
		hex.toUpperCase(),
	];
}

/** Removes the secrets of a credential from the API's answers, in all forms in which they can come back. */
export class Secrets {
	/** Longest first, so that no part of a longer form remains. */
	private readonly forms: string[];
	private readonly shortest: number;

	/** @param values the secrets; values that are not text, or too short for a token, are ignored */
	constructor(values: readonly unknown[]) {
		const secrets = values.map(tokenOf).filter((value) => value.length >= SHORTEST);
		this.forms = [...new Set(secrets.flatMap(formsOf))]
			.filter((form) => form.length >= SHORTEST)
			.sort((a, b) => b.length - a.length);
		this.shortest = Math.min(...this.forms.map((form) => form.length));
	}

	/** A text without the secrets. */
	hideIn(text: string): string {
		if (text.length < this.shortest) return text;
		return this.forms.reduce((clean, form) => clean.replaceAll(form, HIDDEN), text);
	}

	/** Parsed JSON without the secrets in its values and names; the same object if it contains none. */
	hideInJson(value: unknown, depth = 0): unknown {
		if (typeof value === 'string') return this.hideIn(value);
		if (typeof value !== 'object' || value === null) return value;
		if (depth === MAX_DEPTH) return HIDDEN;
		if (Array.isArray(value)) {
			const clean = value.map((entry: unknown) => this.hideInJson(entry, depth + 1));
			return clean.some((entry, index) => entry !== value[index]) ? clean : value;
		}
		let changed = false;
		const entries = Object.entries(value).map(([name, entry]): [string, unknown] => {
			const clean = this.hideInJson(entry, depth + 1);
			const cleanName = this.hideIn(name);
			changed ||= clean !== entry || cleanName !== name;
			return [cleanName, clean];
		});
		return changed ? Object.fromEntries(entries) : value;
	}
}
