/** How n8n polls triggers and stores their state: the name, and the environment variables that choose it. */
export const SCHEDULERS = {
	durable: {
		N8N_SCHEDULER_ENABLED: 'true',
		N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
		N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
		N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	},
	/** n8n's default until 2.44. */
	'in-memory': {},
} as const satisfies Record<string, Record<string, string>>;

export type Scheduler = keyof typeof SCHEDULERS;
