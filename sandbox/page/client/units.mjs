/** Watts as "7.4 kW". */
export const kW = (watts) => `${(watts / 1000).toFixed(1)} kW`;

/** A duration as "12.3 ms"; nothing if it is not known yet. */
export const milliseconds = (ms) => (ms === undefined ? '' : `${ms.toFixed(1)} ms`);

// The page is in English; the browser’s own language can even be one that it does not know itself.
const LANGUAGE = 'en-GB';

/** Epoch milliseconds as "30/11/2026, 16:32:29". */
export const dateAndTime = (at) => new Date(at).toLocaleString(LANGUAGE);

/** Epoch milliseconds as "16:32:29". */
export const timeOfDay = (at) => new Date(at).toLocaleTimeString(LANGUAGE);
