import type { ContractHandlers } from '../contract.mts';
import type { Tokens } from '../tokens.mts';

export function authenticationHandlers(tokens: Tokens): ContractHandlers<'refreshAccessToken'> {
	return {
		refreshAccessToken: () => tokens.issue('access'),
	};
}
