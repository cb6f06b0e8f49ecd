import { InputError } from '../base/inputError';

/** An element of XML: its text, or its children by name; several of a name are a list. */
export type XmlElement = string | { [name: string]: XmlElement | XmlElement[] };

/** More than a year of prices has; a deeper or longer document is no answer of a price service. */
const MOST_CHARACTERS = 20_000_000;
const DEEPEST = 32;

const ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
};

const NAME = /^[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?$/;
const ATTRIBUTES = /^(?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*$/;
const LONGEST_TAG = 10_000;

const refused = (what: string) =>
	new InputError(
		`The XML cannot be read: ${what}`,
		'Pass the answer of the price service on as it is, as text.',
	);

interface Open {
	name: string;
	children: { [name: string]: XmlElement | XmlElement[] };
	hasChildren: boolean;
	text: string;
}

/**
 * Reads the elements of an XML document, without attributes and prefixes of names. It is strict and bounded: no DOCTYPE,
 * so no entities besides the five of XML and numeric ones.
 * @returns the root element under its name
 * @throws InputError if the text is not such a document
 */
export function readXml(text: string): Record<string, XmlElement> {
	if (text.length > MOST_CHARACTERS) throw refused(`it has ${text.length} characters`);
	const root = newElement('');
	const open: Open[] = [root];
	const last = () => open[open.length - 1];
	const addText = (piece: string) => {
		last().text += piece;
	};
	let at = text.startsWith('\uFEFF') ? 1 : 0;
	while (at < text.length) {
		const tag = text.indexOf('<', at);
		addText(withoutEntities(text.slice(at, tag === -1 ? text.length : tag)));
		if (tag === -1) break;
		if (text.startsWith('<!--', tag)) {
			at = after(text, '-->', tag + 4, 'a comment');
		} else if (text.startsWith('<![CDATA[', tag)) {
			at = after(text, ']]>', tag + 9, 'a CDATA section');
			addText(text.slice(tag + 9, at - 3));
		} else if (text.startsWith('<?', tag)) {
			at = after(text, '?>', tag + 2, 'a declaration');
		} else if (text.startsWith('<!', tag)) {
			throw refused('it has a DOCTYPE, which is not accepted');
		} else {
			at = after(text, '>', tag + 1, 'a tag');
			readTag(text.slice(tag + 1, at - 1), open);
		}
	}
	if (open.length > 1) throw refused(`${last().name} is not closed`);
	if (root.text.trim() !== '') throw refused('there is text outside of its elements');
	const names = Object.keys(root.children);
	if (names.length !== 1 || Array.isArray(root.children[names[0]])) {
		throw refused('it does not have exactly one root element');
	}
	return { [names[0]]: root.children[names[0]] as XmlElement };
}

function after(text: string, end: string, from: number, what: string): number {
	const at = text.indexOf(end, from);
	if (at === -1) throw refused(`${what} has no end`);
	return at + end.length;
}

const newElement = (name: string): Open => ({
	name,
	children: Object.create(null) as Open['children'],
	hasChildren: false,
	text: '',
});

/** @param tag what is between `<` and `>` */
function readTag(tag: string, open: Open[]): void {
	if (tag.length > LONGEST_TAG) throw refused('a tag is too long');
	if (tag.startsWith('/')) {
		close(open, tag.slice(1).trimEnd());
		return;
	}
	const isEmpty = tag.endsWith('/');
	const content = isEmpty ? tag.slice(0, -1) : tag;
	const space = content.search(/\s/);
	const name = space === -1 ? content : content.slice(0, space);
	if (!NAME.test(name)) throw refused('a tag has no valid name');
	if (space !== -1 && !ATTRIBUTES.test(content.slice(space))) {
		throw refused(`the attributes of ${name} are not valid`);
	}
	if (open.length > DEEPEST) throw refused('its elements are nested too deeply');
	open.push(newElement(name));
	if (isEmpty) close(open, name);
}

function close(open: Open[], name: string): void {
	const element = open[open.length - 1];
	if (open.length === 1 || element.name !== name) throw refused(`${name} is closed but not open`);
	open.pop();
	if (element.hasChildren && element.text.trim() !== '') {
		throw refused(`${name} has both text and elements`);
	}
	const value = element.hasChildren ? element.children : element.text.trim();
	const parent = open[open.length - 1];
	const key = name.slice(name.indexOf(':') + 1);
	const before = parent.children[key] as XmlElement | XmlElement[] | undefined;
	parent.hasChildren = true;
	if (before === undefined) parent.children[key] = value;
	else if (Array.isArray(before)) before.push(value);
	else parent.children[key] = [before, value];
}

const withoutEntities = (text: string): string =>
	text.includes('&')
		? text.replace(/&([^&;]{0,12})(;?)/g, (_, name: string, end: string) => {
				const code = /^#(?:(\d{1,7})|x([\dA-Fa-f]{1,6}))$/.exec(name);
				const point = code ? parseInt(code[1] ?? code[2], code[1] === undefined ? 16 : 10) : -1;
				if (end !== '' && Object.hasOwn(ENTITIES, name)) return ENTITIES[name];
				if (end !== '' && point > 0 && point <= 0x10ffff) return String.fromCodePoint(point);
				throw refused(`it has the entity &${name}${end}, which is not known`);
			})
		: text;
