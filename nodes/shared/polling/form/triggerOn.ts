import { optionsField } from '../../node/fields/kinds/option';

/** How many characters n8n shows under a node’s name. */
const SUBTITLE = 30;

/** What the form says of an event. */
export interface EventText {
	name: string;
	description: string;
}

/** The events of a trigger. */
type Events<Name extends string> = Readonly<Record<Name, { text: EventText }>>;

/** The field Trigger On: the events that start the workflow. */
export const triggerOn = <Name extends string>(rows: Events<Name>) =>
	optionsField<Name>({
		label: 'Trigger On',
		name: 'events',
		options: Object.entries<{ text: EventText }>(rows).map(([value, { text }]) => ({
			value: value as Name,
			...text,
		})),
		required: true,
		default: [],
		description: 'The events that start the workflow',
	});

/** An expression for the text under the node’s name on the canvas: "Alarm, Transaction Ended", or how many if that is too long. */
export function eventsInSubtitle(rows: Events<string>): string {
	const names = JSON.stringify(
		Object.fromEntries(Object.entries(rows).map(([event, { text }]) => [event, text.name])),
	);
	const chosen = `[$parameter.events].flat().map((event) => (${names})[event] ?? event)`;
	const words = `names.length > 1 && names.join(", ").length > ${SUBTITLE} ? names.length + " events" : names.join(", ")`;
	return `={{ ((names) => ${words})(${chosen}) }}`;
}

/** What a trigger waits for, in words: "Alarm, Transaction Ended". */
export const eventsInWords = <Name extends string>(
	rows: Events<Name>,
	events: readonly Name[],
): string => events.map((event) => rows[event].text.name).join(', ');
