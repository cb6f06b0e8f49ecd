// Prints how long the first chart of this process takes, in ms.
import { DateTime } from 'luxon';

import { chartFiles } from '../nodes/shared/charging/chart/files.ts';
import { chartOf } from './scheduleCases.mts';

const content = chartOf(96);
// The first use of time zones in a process is slow, and n8n has long made it: it calls this before it runs a node.
DateTime.now();
const begin = performance.now();
await chartFiles(content, 'chart');
console.log(performance.now() - begin);
