/**
 * Sorts events, oldest first. The events of one subject keep their order, even if their times contradict it.
 * @param events those of each subject in the order in which they happened
 * @param subjectOf what an event happened to
 */
export function oldestFirst<Event extends { occurredAt: string }>(
	events: readonly Event[],
	subjectOf: (event: Event) => string,
): Event[] {
	const latest = new Map<string, number>();
	return events
		.map((event) => {
			const subject = subjectOf(event);
			const at = Math.max(Date.parse(event.occurredAt), latest.get(subject) ?? -Infinity);
			latest.set(subject, at);
			return { event, at };
		})
		.sort((a, b) => a.at - b.at)
		.map(({ event }) => event);
}
