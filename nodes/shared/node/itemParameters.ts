import { isResourceLocatorValue } from 'n8n-workflow';

import { plain } from './fields/kinds/collection';
import type { Values } from './fields/kinds/values';

/** Where parameters come from: a node that works on items. A trigger has no items, and is used as if it had one. */
export interface ParameterSource {
	getNodeParameter(
		name: string,
		itemIndex: number,
		fallback?: unknown,
		options?: { rawExpressions: boolean },
	): unknown;
	getTimezone(): string;
}

/** The parameters of one item, for the fields that read them. */
export class ItemParameters implements Values {
	constructor(
		private readonly context: ParameterSource,
		private readonly itemIndex: number,
	) {}

	/** The workflow's time zone (IANA), in which times without an offset are read. */
	get timezone(): string {
		return this.context.getTimezone();
	}

	/** A parameter's value; for a resource locator, its value; undefined if the parameter does not exist. */
	get(name: string): unknown {
		// n8n throws if there is neither a parameter nor a fallback.
		return plain(this.context.getNodeParameter(name, this.itemIndex, null)) ?? undefined;
	}

	isTyped(name: string): boolean {
		const raw = this.context.getNodeParameter(name, this.itemIndex, null, { rawExpressions: true });
		const isListed = isResourceLocatorValue(raw) && raw.mode === 'list';
		return !isListed && !String(plain(raw)).startsWith('=');
	}

	nameOf(label: string): string {
		return label;
	}
}
