declare module 'eslint-plugin-n8n-nodes-base' {
	import type { Rule } from 'eslint';

	const plugin: { rules: Record<string, Rule.RuleModule> };
	export default plugin;
}
