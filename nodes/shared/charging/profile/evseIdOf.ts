/**
 * The EVSE ID of OCPP (1 or higher) that the API’s ID of a connector stands for.
 * @param connectorId any text, such as `12` or `charger1_connector2`
 * @returns undefined if the text is not such a number
 */
export function evseIdOf(connectorId: string): number | undefined {
	const evseId = Number(connectorId);
	const isCanonical = Number.isSafeInteger(evseId) && String(evseId) === connectorId;
	return isCanonical && evseId >= 1 ? evseId : undefined;
}
