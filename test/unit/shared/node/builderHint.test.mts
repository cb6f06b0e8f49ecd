import { PACKAGE_NAME } from '../../../../host/package.mts';
import { ChargerOperations } from '../../../../nodes/ChargerOperations/ChargerOperations.node.ts';
import { SmartChargingProfile } from '../../../../nodes/SmartChargingProfile/SmartChargingProfile.node.ts';
import { flagField } from '../../../../nodes/shared/node/fields/kinds/flag.ts';
import { station } from '../../../../nodes/shared/node/fields/station.ts';
import { StationTrigger } from '../../../../nodes/StationTrigger/StationTrigger.node.ts';
import { Transaction } from '../../../../nodes/Transaction/Transaction.node.ts';
import { TransactionTrigger } from '../../../../nodes/TransactionTrigger/TransactionTrigger.node.ts';

const NODES = [
	ChargerOperations,
	SmartChargingProfile,
	Transaction,
	StationTrigger,
	TransactionTrigger,
];
const typeOf = (Node: (typeof NODES)[number]) => `${PACKAGE_NAME}.${new Node().description.name}`;

it.each(NODES)('%p says to n8n’s AI builder how it is used, and names every other node', (Node) => {
	const { searchHint, relatedNodes } = new Node().description.builderHint!;
	expect(searchHint).toMatch(/\.$/);
	const others = NODES.filter((other) => other !== Node);
	expect(relatedNodes!.map(({ nodeType }) => nodeType)).toEqual(others.map(typeOf));
});

it('a field has a hint of its own', () => {
	expect(station.property.builderHint?.propertyHint).toContain('{{ $json.stationId }}');
});

it('a switch that is on when it is added says that it is off otherwise', () => {
	const texts = { label: 'Dry Run', name: 'dryRun' };
	const hint = { propertyHint: 'Without it: false.' };
	expect(flagField({ ...texts, default: true }).property.builderHint).toEqual(hint);
	expect(flagField({ ...texts, default: false }).property.builderHint).toBeUndefined();
});
