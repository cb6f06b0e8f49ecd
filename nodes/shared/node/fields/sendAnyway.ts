import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { checkFlag } from '../parameters';

const SEND_ANYWAY = 'Send Anyway';

/** @param what may be sent, as in "Whether to send …, and let the charger decide" */
export const sendAnywayOption = (what: string): INodeProperties => ({
	displayName: SEND_ANYWAY,
	name: 'sendAnyway',
	type: 'boolean',
	default: false,
	description: `Whether to send ${what}, and let the charger decide`,
});

/** Whether to send what breaks the rules. @throws InputError */
export const readSendAnyway = (options: IDataObject): boolean =>
	checkFlag(SEND_ANYWAY, options.sendAnyway);
