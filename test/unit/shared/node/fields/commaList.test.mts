import { entriesIn } from '../../../../../nodes/shared/node/fields/kinds/commaList.ts';

it.each([
	['A', ['A']],
	['A, B', ['A', 'B']],
	[' A  b ,, c ,', ['A  b', 'c']],
	['', []],
	[' , ,', []],
])('%j has the entries %j', (text, entries) => {
	expect(entriesIn(text)).toEqual(entries);
});
