/** The values of a tuple by name, as far as they have been read. */
type Row = Readonly<Record<string, unknown>>;

/** Writes a value as a short text without `,` and `|`, and reads it again. */
export interface Kind<T> {
	write(value: T, row: Row): string;
	read(text: string, row: Row): T;
}

/** A text of letters and digits. */
export const text: Kind<string> = { write: (value) => value, read: (given) => given };

export const integer: Kind<number> = {
	write: (value) => value.toString(36),
	read: (given) => parseInt(given, 36),
};

export const decimal: Kind<number> = { write: String, read: Number };

/** A count that is mostly 0, which takes no space. */
export const count: Kind<number> = {
	write: (value) => (value === 0 ? '' : integer.write(value, {})),
	read: (given) => (given === '' ? 0 : integer.read(given, {})),
};

/** Counts by name, of which most are 0. @param names a count is written with the index of its name: add names at the end */
export const counts = <Name extends string>(
	names: readonly Name[],
): Kind<Readonly<Partial<Record<Name, number>>>> => ({
	write: (value) =>
		names
			.flatMap((name, index) => (value[name] ? `${index}:${integer.write(value[name], {})}` : []))
			.join(';'),
	read: (given) =>
		Object.fromEntries(
			(given === '' ? [] : given.split(';')).map((entry) => {
				const [index, number] = entry.split(':');
				return [names[Number(index)], integer.read(number, {})];
			}),
		) as Partial<Record<Name, number>>,
});

export const flag: Kind<boolean> = {
	write: (value) => (value ? '1' : ''),
	read: (given) => given === '1',
};

/** A word, written as its index in `words`; a word that is not there is written in full after an apostrophe. */
export const word = (words: readonly string[]): Kind<string> => ({
	write: (value) => {
		const index = words.indexOf(value);
		return index === -1 ? `'${encodeURIComponent(value)}` : String(index);
	},
	read: (given) =>
		given.startsWith("'") ? decodeURIComponent(given.slice(1)) : words[Number(given)],
});

/** A time (ms), written as the difference from another one. @param name of the column with that time, to the left */
export const after = (name: string): Kind<number> => {
	const origin = (row: Row) => (row[name] as number | undefined) ?? 0;
	return {
		write: (value, row) => integer.write(value - origin(row), row),
		read: (given, row) => integer.read(given, row) + origin(row),
	};
};

/** A value that may be undefined, which takes no space. */
export const optional = <T>({ write, read }: Kind<T>): Kind<T | undefined> => ({
	write: (value, row) => (value === undefined ? '' : write(value, row)),
	read: (given, row) => (given === '' ? undefined : read(given, row)),
});

/** The values in a tuple with these columns. */
export type Values<Columns> = {
	[Name in keyof Columns]: Columns[Name] extends Kind<infer T> ? T : never;
};

/**
 * Writes tuples as short texts, and reads them again.
 * @param columns names and kinds in the order in which they are written; put those that are mostly empty last
 */
export function tupleOf<Columns extends Record<string, Kind<unknown>>>(columns: Columns) {
	const kinds = Object.entries(columns);
	return {
		write: (values: Values<Columns>): string =>
			kinds
				.map(([name, kind]) => kind.write((values as Row)[name], values as Row))
				.join()
				.replace(/,+$/, ''),
		read: (written: string): Values<Columns> => {
			const texts = written.split(',');
			const row: Record<string, unknown> = {};
			kinds.forEach(([name, kind], index) => (row[name] = kind.read(texts[index] ?? '', row)));
			return row as Values<Columns>;
		},
	};
}
