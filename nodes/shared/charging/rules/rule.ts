import type { Finding, Report } from './finding';

/** A requirement of OCPP 2.0.1 on one field that depends on more than the field’s own value. */
export interface Rule<Facts> {
	/** The requirement’s ID in part 2, or the section that states it. */
	requirement: string;
	/** A field of the profile, of its schedule or of its period; or `evseId` of the target. */
	field: string;
	/** An error if absent. */
	severity?: Finding['severity'];
	/** The sentence for an operator if the rule is broken, otherwise a falsy value. */
	breach(facts: Facts): string | false | undefined;
}

/** A function that reports each broken rule on a field. */
export const ruleChecker =
	<Facts>(rules: ReadonlyArray<Rule<Facts>>, facts: Facts, path = '') =>
	(report: Report, field: string): void => {
		for (const { requirement, severity, breach } of rules.filter((rule) => rule.field === field)) {
			const message = breach(facts);
			if (message) report([path, field].filter(Boolean).join('.'), requirement, message, severity);
		}
	};
