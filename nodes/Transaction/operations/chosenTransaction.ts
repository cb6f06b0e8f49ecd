import { idText } from '../../shared/chargeye/answers';
import { connectorsOf, type Connector, type Station } from '../../shared/chargeye/stations';
import { hasEnded } from '../../shared/chargeye/transactions';
import { connector, type ConnectorTarget } from '../../shared/node/fields/connector';
import { partsWhen, propertiesOf, type FormPart } from '../../shared/node/fields/kinds/field';
import { optionField } from '../../shared/node/fields/kinds/option';
import type { Values } from '../../shared/node/fields/kinds/values';
import { transaction } from '../../shared/node/fields/transaction';
import { NotFoundError, type LookUpFirst } from '../../shared/node/operation';
import { collectItems } from '../../shared/node/pages';
import { stationLookUp } from '../../shared/node/stationLookUp';

const chosenBy = optionField({
	label: 'Transaction By',
	name: 'transactionBy',
	options: [
		{ name: 'Connector', value: 'connector', description: 'The one that runs at a connector now' },
		{ name: 'ID', value: 'id', description: 'One that you choose from the list, or by its ID' },
	],
	default: 'id',
	isFixed: true,
	description: 'How the transaction is found',
});

/** A transaction, and the connector by which it was found. */
export type ChosenTransaction = { txId: string } & Partial<ConnectorTarget>;

/** Why no transaction runs at a connector, for an operator: what the last one was. */
function lastOneAt({ latest }: Connector): string {
	if (latest === undefined) return 'ChargEye shows no transaction there so far.';
	const { txId, endTime, endReason } = latest;
	const at = idText(endTime);
	return `The last one, ${txId}, has ended${at ? ` at ${at}` : ''}${endReason ? ` (${endReason})` : ''}.`;
}

/** The ID of the transaction that runs at a connector. @throws NotFoundError */
function runningAt(station: Station, { stationId, connectorId }: ConnectorTarget): string {
	const connectors = connectorsOf(station);
	const found = connectors.find((one) => one.connectorId === connectorId);
	if (found === undefined) {
		const ids = connectors.map((one) => one.connectorId).filter((id) => id !== '');
		throw new NotFoundError(
			`${stationId} has no connector ${connectorId}`,
			ids.length === 0
				? 'ChargEye shows no connector of this charging station.'
				: `Its connectors are ${ids.join(', ')}. Choose one from the list, or check the ID.`,
		);
	}
	const { latest } = found;
	if (latest !== undefined && !hasEnded(latest)) return latest.txId;
	throw new NotFoundError(
		`No transaction is running on connector ${connectorId} of ${stationId}`,
		lastOneAt(found),
	);
}

/** The transaction to which an operation applies: by its ID, or the one that runs at a connector. */
export const chosenTransaction: FormPart & {
	/**
	 * Prepares an operation for the transaction. API operation `listStations`, if it is given by its connector.
	 * @param prepareFor prepares it once the transaction is known; must not throw
	 * @throws InputError
	 */
	prepare<Prepared>(
		parameters: Values,
		prepareFor: (chosen: ChosenTransaction) => Prepared,
	): Prepared | LookUpFirst<Prepared>;
} = {
	properties: propertiesOf([
		chosenBy,
		transaction.when({ [chosenBy.name]: ['id'] }),
		partsWhen({ [chosenBy.name]: ['connector'] }, [connector]),
	]),
	prepare(parameters, prepareFor) {
		if (chosenBy.readOrDefault(parameters) === 'id') {
			return prepareFor({ txId: transaction.read(parameters) });
		}
		const target = connector.read(parameters);
		const pages = stationLookUp(target.stationId, (station) => runningAt(station, target));
		return {
			request: pages.request,
			target: { ...target },
			async lookUp(send) {
				const [txId] = await collectItems(pages, (request) => send(request));
				return prepareFor({ ...target, txId });
			},
		};
	},
};
