import { EVENT_NAMES, EVENT_TEXTS } from '../../../nodes/TransactionTrigger/events.ts';
import { eventsInReadme } from '../../support/readme.mts';

it('The README’s table lists every event under its name in the form', () => {
	expect(eventsInReadme(0)).toEqual(EVENT_NAMES.map((event) => EVENT_TEXTS[event].name).sort());
});
