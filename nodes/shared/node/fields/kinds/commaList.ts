/** The entries of a text with commas, without the spaces around them; empty entries are left out. */
export const entriesIn = (text: string): string[] => text.match(/[^,\s](?:[^,]*[^,\s])?/g) ?? [];
