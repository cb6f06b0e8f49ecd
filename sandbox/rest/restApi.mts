import type { Router } from 'express';
import type { Document } from 'openapi-backend';
import { PowerLimitCommands } from '../csms/commands.mts';
import type { Csms } from '../csms/csms.mts';
import type { SimulatedClock } from '../clock.mts';
import type { Faults } from '../faults/faults.mts';
import { withGatewayErrors } from '../http/gatewayErrors.mts';
import { jsonBody, openApiServer } from '../http/openApiServer.mts';
import type { ContractHandlers, OperationId } from './contract.mts';
import { authenticationHandlers } from './handlers/authentication.mts';
import { chargingStationHandlers } from './handlers/chargingStations.mts';
import { connectorHandlers } from './handlers/connectors.mts';
import { lookupHandlers } from './handlers/lookups.mts';
import { transactionHandlers } from './handlers/transactions.mts';
import type { RequestLog } from './requestLog.mts';
import type { Tokens } from './tokens.mts';
import type { Dialect } from './views.mts';

export interface RestApiOptions {
	/** The contract. */
	document: Document;
	csms: Csms;
	clock: SimulatedClock;
	tokens: Tokens;
	faults: Faults;
	requests: RequestLog;
	/** Transactions per page of a list. */
	pageSize: number;
	dialect: Dialect;
}

/** The API of the contract, in front of the CSMS. */
export async function restApi(options: RestApiOptions): Promise<Router> {
	const { csms, tokens } = options;
	const powerLimits = new PowerLimitCommands(csms, options.clock);
	const handlers: ContractHandlers<OperationId> = {
		...authenticationHandlers(tokens),
		...lookupHandlers(csms, options.pageSize, options.dialect),
		...chargingStationHandlers(csms, powerLimits),
		...connectorHandlers(csms, powerLimits),
		...transactionHandlers(csms, powerLimits),
	};
	const { router } = await openApiServer({
		document: options.document,
		handlers: withGatewayErrors(handlers),
		security: {
			accessToken: (authorization) => tokens.check('access', authorization),
			refreshToken: (authorization) => tokens.check('refresh', authorization),
		},
		before: [options.requests.middleware, jsonBody, options.faults.middleware],
	});
	return router;
}
