import type { Finding, Report } from './finding';

/** A requirement of OCPP 2.0.1 on one field, beyond the shape of its value. */
export interface Rule<Facts> {
	/** Its ID in part 2, or the section that states it. */
	requirement: string;
	/** A field of the profile, its schedule or its period; `evseId` of the target. */
	field: string;
	/** An error if absent. */
	severity?: Finding['severity'];
	/** The sentence for an operator if the rule is broken, otherwise a falsy value. */
	breach(facts: Facts): string | false | undefined;
}

/** A function that reports which of the rules on a field are broken. */
export const ruleChecker =
	<Facts>(rules: ReadonlyArray<Rule<Facts>>, facts: Facts, path = '') =>
	(report: Report, field: string): void => {
		for (const { requirement, severity, breach } of rules.filter((rule) => rule.field === field)) {
			const message = breach(facts);
			if (message) report([path, field].filter(Boolean).join('.'), requirement, message, severity);
		}
	};
