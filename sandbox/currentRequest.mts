import { AsyncLocalStorage } from 'node:async_hooks';

/** The ID, in the log, of the REST request that is being handled; undefined where nothing happens because of one. */
export const currentRequest = new AsyncLocalStorage<number>();
