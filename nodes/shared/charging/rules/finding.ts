/** A rule that a charging profile breaks, or that casts doubt on it, in words for an operator. */
export interface Finding {
	/**
	 * A station must refuse a profile with an error. It may accept a profile with a warning, but the user probably
	 * meant something else.
	 */
	severity: 'error' | 'warning';
	/** Where in the profile: `chargingSchedule[0].chargingSchedulePeriod[1].startPeriod`; or `evseId` of the target. */
	path: string;
	message: string;
	/** The requirement (K01.FR.31), section (§2.11) or schema of OCPP 2.0.1 part 2 that the finding is based on. */
	requirement: string;
	/** OCPP’s reason code that fits best, at most 20 characters. */
	reasonCode: string;
}

/** Adds a finding: an error unless `severity` says otherwise. */
export type Report = (
	path: string,
	requirement: string,
	message: string,
	severity?: Finding['severity'],
) => void;

/** A function that adds findings with one reason code to a list. */
export function reporter(findings: Finding[], reasonCode: string): Report {
	return (path, requirement, message, severity = 'error') => {
		findings.push({ severity, path, message, requirement, reasonCode });
	};
}
