// Prints how long the first chart of this process takes, in ms.
import { chartFiles } from '../nodes/shared/charging/chart/files.ts';
import { chartOf } from './scheduleCases.mts';

const content = chartOf(96);
const begin = performance.now();
await chartFiles(content, 'chart');
console.log(performance.now() - begin);
