/** The npm that belongs to the running Node: spawn `command` with `args` before npm's own arguments. */
export declare function npmCommand(): { command: string; args: string[]; shell: boolean };

/** One sentence for an operator: what made npm fail, judged by all that it printed, and what to do. */
export declare function explainNpmFailure(output: string): string;

/** npm's last lines of its own, without its notes on requests and settings. */
export declare function lastNpmLines(output: string, count?: number): string;

/** What a line of `npm --loglevel http` tells: one more name looked up, or one more package there. */
export declare function npmStep(line: string): 'lookup' | 'package' | undefined;

/**
 * The packages that a package-lock.json (or npm's own node_modules/.package-lock.json) names for this
 * platform: folder → hash. Empty when there is no such file. Builds for one C library are left out:
 * npm takes one of them and the lock does not say which. So is what is optional on every platform: npm may
 * leave it out with the one package that needs it.
 */
export declare function packagesOfLock(path: string): Map<string, string>;

/**
 * Arguments with which npm fails within seconds when its registry cannot be reached; an installation
 * goes on trying for many minutes.
 */
export declare const REACH_REGISTRY: string[];
