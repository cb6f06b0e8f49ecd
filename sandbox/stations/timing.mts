/** How long a station waits for what, s; the CSMS may change it. */
export interface Timing {
	/** SampledDataCtrlr.TxUpdatedInterval: between two samples of the meter; 0: none. */
	sampleIntervalS: number;
	/** TxCtrlr.EVConnectionTimeOut: how long an authorized driver may take to plug in. */
	evConnectionTimeoutS: number;
}
