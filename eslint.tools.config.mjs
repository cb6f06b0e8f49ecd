// Lint of everything that is not published: sandbox, host, tools and tests.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
	{ ignores: ['dist', 'node_modules', 'nodes', 'credentials'] },
	js.configs.recommended,
	{
		files: ['**/*.mts'],
		extends: [tseslint.configs.recommendedTypeChecked],
		languageOptions: { parserOptions: { project: './tsconfig.tools.json' } },
		rules: {
			'@typescript-eslint/switch-exhaustiveness-check': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-unsafe-enum-comparison': 'off',
		},
	},
	{
		files: ['sandbox/page/client/*.mjs', 'host/demo/pages/*.mjs'],
		languageOptions: {
			globals: {
				alert: 'readonly',
				clearTimeout: 'readonly',
				document: 'readonly',
				EventSource: 'readonly',
				fetch: 'readonly',
				getComputedStyle: 'readonly',
				IntersectionObserver: 'readonly',
				matchMedia: 'readonly',
				ResizeObserver: 'readonly',
				setTimeout: 'readonly',
				URLSearchParams: 'readonly',
			},
		},
	},
	{
		files: ['**/*.mjs', '**/*.js', '.prettierrc.js'],
		languageOptions: {
			globals: {
				process: 'readonly',
				console: 'readonly',
				require: 'readonly',
				module: 'writable',
				exports: 'writable',
				__dirname: 'readonly',
				URL: 'readonly',
			},
		},
	},
);
