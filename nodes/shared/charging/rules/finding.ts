/** A rule that a charging profile breaks, or that casts doubt on it, in words for an operator. */
export interface Finding {
	/**
	 * A station must refuse a profile with an error. It takes one with a warning, but the user probably meant
	 * something else.
	 */
	severity: 'error' | 'warning';
	/** Where: `chargingSchedule[0].chargingSchedulePeriod[1].startPeriod`, or `evseId` of the target. */
	path: string;
	message: string;
	/** The requirement (K01.FR.31), section (§2.11) or schema of OCPP 2.0.1 part 2 behind it. */
	requirement: string;
	/** The reason code of OCPP that fits best, at most 20 characters. */
	reasonCode: string;
}

/** Adds a finding: an error unless `severity` says otherwise. */
export type Report = (
	path: string,
	requirement: string,
	message: string,
	severity?: Finding['severity'],
) => void;

/** Adds to a list of findings, all with the same reason code. */
export function reporter(findings: Finding[], reasonCode: string): Report {
	return (path, requirement, message, severity = 'error') => {
		findings.push({ severity, path, message, requirement, reasonCode });
	};
}
