import type { INodeParameters } from 'n8n-workflow';

/** A resource locator's value, given by ID. */
export const byId = (value: unknown) =>
	({ __rl: true, mode: 'id', value }) as unknown as INodeParameters;
