/** The nominal voltage of a phase (V), unless the user states another. */
export const NOMINAL_VOLTAGE = 230;
