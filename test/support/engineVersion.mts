import { version } from 'n8n-core/package.json';

import { compareVersions } from '../../host/hostManifest.mts';

/**
 * Whether the engine that runs the tests knows error items with details. n8n's engine has its own version, which is that
 * of n8n or a little lower.
 */
export const KNOWS_DETAILS = compareVersions(version, '2.36.0') >= 0;

/** Whether a trigger can ask the engine to store its state. */
export const STORES_CURSORS = compareVersions(version, '2.36.0') >= 0;
