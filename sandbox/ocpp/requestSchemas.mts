import standardValidators from 'ocpp-rpc/lib/standard-validators.js';
import { OCPP_PROTOCOL } from './messages.mts';

const validator = standardValidators.find(({ subprotocol }) => subprotocol === OCPP_PROTOCOL);

/**
 * What is wrong with a request by the official schema of its action, in words; undefined if nothing is.
 * @param action such as SetChargingProfile
 */
export function problemOfRequest(action: string, request: object): string | undefined {
	try {
		void validator?.validate(`urn:${action}.req`, request);
		return undefined;
	} catch (error) {
		return `This is no ${action} of OCPP 2.0.1: ${error instanceof Error ? error.message : String(error)}`;
	}
}
