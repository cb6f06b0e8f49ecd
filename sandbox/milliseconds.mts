/** Real time that has passed, in ms with one decimal. @param began from performance.now() */
export const millisecondsSince = (began: number): number =>
	Math.round((performance.now() - began) * 10) / 10;
