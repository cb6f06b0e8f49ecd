import type { INodeTypeDescription } from 'n8n-workflow';

type BuilderHint = NonNullable<INodeTypeDescription['builderHint']>;

/** What each node is for, next to the others. */
const PURPOSES = {
	chargerOperations: 'Limits power now, until the limit is cleared; looks up stations',
	smartChargingProfile: 'Limits power by the clock or by electricity prices',
	transaction: 'Starts, stops, limits and looks up single charging transactions',
	stationTrigger:
		'Starts the workflow when a charging station is offline or faulted, a connector is unavailable, or a car overstays',
	transactionTrigger: 'Starts the workflow when charging starts, stops, ends or raises an alarm',
};

/**
 * What n8n’s AI builder reads about a node besides its form: how it is used, and which other nodes of the package there are.
 * @param node the node's type name
 */
export const builderHintOf = (node: keyof typeof PURPOSES, searchHint: string): BuilderHint => ({
	searchHint,
	relatedNodes: Object.entries(PURPOSES)
		.filter(([other]) => other !== node)
		.map(([other, relationHint]) => ({
			nodeType: `n8n-nodes-charger-operations.${other}`,
			relationHint,
		})),
});
