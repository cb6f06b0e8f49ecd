/**
 * The version of the node since which Set takes its profile from the input items, and the profiles that the node builds
 * can be on a charger together with each other and with its power limit. Earlier nodes keep their defaults.
 */
export const COEXISTING = 1.1;

/**
 * The default stack levels: tariff hours overrule prices while a window lasts, and both overrule a connector’s power
 * limit, which has level 0. Small chargers take levels up to 3, which are left for what a user sets above the schedules.
 */
export const LEVELS = { prices: 1, tariff: 2 };

/** The default of the lowest charging profile ID: apart from each other, and from the power limits (3000 to 5282). */
export const IDS = { tariff: 100, prices: 200 };
