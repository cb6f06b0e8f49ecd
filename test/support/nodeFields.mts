import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

/** A field of an operation, from the node's description. */
export interface OperationField {
	/** The node's type name. */
	node: string;
	/** `resource:operation`. */
	operation: string;
	property: INodeProperties;
	/** A version of the node that has the field; the newest if every version has it. */
	typeVersion?: number;
	/** The field's collection, if it is in one; `periods.period` for a fixed collection. */
	collection?: string;
	/** Values that other parameters need so that the field is shown. */
	needs: Record<string, unknown>;
}

const listOf = (property: INodeProperties, name: string): INodeProperties[] =>
	property.type === 'collection'
		? (property.options as INodeProperties[])
		: (property.options as Array<{ name: string; values: INodeProperties[] }>).find(
				(option) => option.name === name,
			)!.values;

/** Values with which the field's `displayOptions` show it: the first of those listed, or one that does not hide it. */
function needsOf(property: INodeProperties, siblings: INodeProperties[]): Record<string, unknown> {
	const { show = {}, hide = {} } = property.displayOptions ?? {};
	const shown = Object.entries(show).map(([name, values]) => [name.replace('/', ''), values?.[0]]);
	const notHidden = Object.entries(hide).map(([path, values]) => {
		const name = path.replace('/', '');
		const choices = siblings.find((sibling) => sibling.name === name)?.options ?? [];
		const free = choices.find((choice) => 'value' in choice && !values?.includes(choice.value));
		return [name, free && 'value' in free ? free.value : undefined];
	});
	return Object.fromEntries([...shown, ...notHidden]) as Record<string, unknown>;
}

/** The version of the node in a condition on it: the first, or the one from which the field is shown. */
function versionIn(condition: unknown): number | undefined {
	if (condition === undefined) return undefined;
	const { _cnd } = condition as { _cnd: { lt?: number; gte?: number } };
	return _cnd.gte ?? 1;
}

/** Every field of every operation of a node that allows an expression, also those in collections. */
export function fieldsOf({ name: node, properties }: INodeTypeDescription): OperationField[] {
	return properties.flatMap((property): OperationField[] => {
		const { resource, operation, '@version': version, ...needs } = needsOf(property, properties);
		if (typeof resource !== 'string' || typeof operation !== 'string') return [];
		if (property.noDataExpression) return [];
		const typeVersion = versionIn(version);
		const of = { node, operation: `${resource}:${operation}`, typeVersion };
		if (property.type !== 'collection' && property.type !== 'fixedCollection') {
			return [{ ...of, property, needs }];
		}
		const [first] = property.options ?? [];
		const inner = property.type === 'collection' ? '' : `.${first.name}`;
		return listOf(property, first.name).map((field) => ({
			...of,
			property: field,
			collection: `${property.name}${inner}`,
			needs: { ...needs, ...needsOf(field, properties) },
		}));
	});
}
