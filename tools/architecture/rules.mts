import type { IFlattenedRuleSet } from 'dependency-cruiser';

/** Imports go one way: nodes, then shared/node, then shared/chargeye and shared/charging. */
export const RULES: IFlattenedRuleSet = {
	forbidden: [
		{
			name: 'no circular imports',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'no node imports from another node',
			severity: 'error',
			from: { path: '^nodes/(?!shared/)([^/]+)/' },
			to: { path: '^nodes/(?!shared/)', pathNot: '^nodes/$1/' },
		},
		{
			name: 'shared code imports no node',
			severity: 'error',
			from: { path: '^nodes/shared/' },
			to: { path: '^nodes/(?!shared/)' },
		},
		{
			name: 'the domain is pure: no n8n, no HTTP, nothing of shared/node',
			severity: 'error',
			from: { path: '^nodes/shared/charging/' },
			to: { path: '^nodes/shared/(?!charging/)|node_modules/n8n-' },
		},
		{
			name: 'the API code knows no forms and no items',
			severity: 'error',
			from: { path: '^nodes/shared/chargeye/' },
			to: { path: '^nodes/shared/(node|polling)/' },
		},
		{
			name: 'the package does not import sandbox, host, tests or tools',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: { path: '^(sandbox|host|test|bench|tools)/' },
		},
		{
			name: 'the sandbox does not use the package to check and compute',
			severity: 'error',
			from: { path: '^sandbox/' },
			to: { path: '^nodes/shared/(node|polling|charging/(rules|composite|prices|tariff|chart))' },
		},
	],
};
