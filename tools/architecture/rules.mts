import type { IFlattenedRuleSet } from 'dependency-cruiser';

/** Imports go one way: nodes, then shared/node, then shared/chargeye and shared/charging. */
export const RULES: IFlattenedRuleSet = {
	forbidden: [
		{
			name: 'no circle',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'one node imports nothing of another',
			severity: 'error',
			from: { path: '^nodes/(?!shared/)([^/]+)/' },
			to: { path: '^nodes/(?!shared/)', pathNot: '^nodes/$1/' },
		},
		{
			name: 'what is shared imports no node',
			severity: 'error',
			from: { path: '^nodes/shared/' },
			to: { path: '^nodes/(?!shared/)' },
		},
		{
			name: 'the domain is pure: no n8n, no HTTP, no glue',
			severity: 'error',
			from: { path: '^nodes/shared/charging/' },
			to: { path: '^nodes/shared/(?!charging/)|node_modules/n8n-' },
		},
		{
			name: 'the API knows no form and no item',
			severity: 'error',
			from: { path: '^nodes/shared/chargeye/' },
			to: { path: '^nodes/shared/(node|polling)/' },
		},
		{
			name: 'the package stands without sandbox, host, tests and tools',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: { path: '^(sandbox|host|test|bench|tools)/' },
		},
		{
			name: 'the sandbox judges and computes by itself',
			severity: 'error',
			from: { path: '^sandbox/' },
			to: { path: '^nodes/shared/(node|polling|charging/(rules|composite|prices|tariff|chart))' },
		},
	],
};
