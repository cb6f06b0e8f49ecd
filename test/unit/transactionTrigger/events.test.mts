import { EVENT_NAMES, EVENTS } from '../../../nodes/TransactionTrigger/events.ts';
import { eventsInDocs } from '../../support/triggerDocs.mts';

it('The table in the docs lists every event under its name in the form', () => {
	expect(eventsInDocs(0)).toEqual(EVENT_NAMES.map((event) => EVENTS[event].text.name).sort());
});
