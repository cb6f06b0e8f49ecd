/**
 * The number by which OCPP knows a connector (an EVSE ID, 1 or higher), out of the API's ID for it.
 * @param connectorId any text, such as `12` or `charger1_connector2`
 * @returns undefined if it is not such a number
 */
export function evseIdOf(connectorId: string): number | undefined {
	const evseId = Number(connectorId);
	const isCanonical = Number.isSafeInteger(evseId) && String(evseId) === connectorId;
	return isCanonical && evseId >= 1 ? evseId : undefined;
}
