// Loaded into a worker before n8n: lets its queue repeat stalled jobs once, as n8n could be set to do before 2.0.
const { createRequire } = require('node:module');
const { argv } = require('node:process');

const scripts = createRequire(argv[1])('bull/lib/scripts');
const { moveUnlockedJobsToWait } = scripts;
scripts.moveUnlockedJobsToWait = (queue) => {
	queue.settings.maxStalledCount = 1;
	return moveUnlockedJobsToWait.call(scripts, queue);
};
