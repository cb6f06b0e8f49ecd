import { BoundedLog } from '../../../sandbox/boundedLog.mts';

interface Entry {
	id: number;
	body?: string;
}

const logOf = (...entries: Entry[]) => {
	const log = new BoundedLog<Entry>({ entries: 3, bytes: 100 });
	for (const entry of entries) log.keep(entry);
	return log;
};
const ids = (log: BoundedLog<Entry>) => log.all().map(({ id }) => id);

it('keeps the last entries', () => {
	expect(ids(logOf({ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }))).toEqual([2, 3, 4]);
});

it('keeps no more bytes than it may', () => {
	const body = 'x'.repeat(40);
	expect(ids(logOf({ id: 1, body }, { id: 2, body }))).toEqual([2]);
	expect(ids(logOf({ id: 1, body: 'x'.repeat(200) }))).toEqual([]);
});

it('measures an entry again that has grown', () => {
	const [first, second]: Entry[] = [{ id: 1 }, { id: 2 }];
	const log = logOf(first, second);
	second.body = 'x'.repeat(80);
	log.keep(second);
	expect(ids(log)).toEqual([2]);
	expect(log.has(first)).toBe(false);
	log.clear();
	log.keep(first);
	expect(ids(log)).toEqual([1]);
});
