import { ChargerOperations } from '../../../../nodes/ChargerOperations/ChargerOperations.node.ts';
import { SmartChargingProfile } from '../../../../nodes/SmartChargingProfile/SmartChargingProfile.node.ts';
import { StationTrigger } from '../../../../nodes/StationTrigger/StationTrigger.node.ts';
import { Transaction } from '../../../../nodes/Transaction/Transaction.node.ts';
import { TransactionTrigger } from '../../../../nodes/TransactionTrigger/TransactionTrigger.node.ts';
import { powerLimitHint } from '../../../../nodes/shared/node/fields/powerLimit.ts';
import { valueInEditor } from '../../../support/editorExpression.mts';

const station = { resource: 'chargingStation', operation: 'setPowerLimit' };
const setProfile = { resource: 'chargingStation', operation: 'setProfile' };
/** A parameter of an operation chosen before, which n8n may keep. */
const leftover = { stations: 'location' };

describe('the text under a node’s name on the canvas', () => {
	it.each([
		[ChargerOperations, station, 'Set Power Limit: Station'],
		[ChargerOperations, { ...station, stations: 'one' }, 'Set Power Limit: Station'],
		[ChargerOperations, { ...station, stations: 'several' }, 'Set Power Limit: Stations'],
		[ChargerOperations, { ...station, stations: 'location' }, 'Set Power Limit: Location'],
		[
			ChargerOperations,
			{ ...station, resource: 'connector', ...leftover },
			'Set Power Limit: Connector',
		],
		[ChargerOperations, { ...station, operation: 'restart', ...leftover }, 'Restart'],
		[SmartChargingProfile, setProfile, 'Set: Station'],
		[SmartChargingProfile, { ...setProfile, stations: 'location' }, 'Set: Location'],
		[SmartChargingProfile, { ...setProfile, resource: 'connector' }, 'Set: Connector'],
		[SmartChargingProfile, { resource: 'schedule', operation: 'preview' }, 'Preview'],
		[Transaction, { resource: 'transaction', operation: 'start' }, 'Start'],
		[StationTrigger, { events: ['stationOffline'] }, 'Station Offline'],
		[
			StationTrigger,
			{ events: ['occupiedWithoutCharging'] },
			'Connector Occupied Without Charging',
		],
		[StationTrigger, { events: ['stationOffline', 'connectorFaulted'] }, '2 events'],
		[TransactionTrigger, { events: ['transactionEnded'] }, 'Transaction Ended'],
		[TransactionTrigger, { events: ['alarm', 'transactionEnded'] }, 'Alarm, Transaction Ended'],
		[
			TransactionTrigger,
			{ events: ['transactionStarted', 'chargingStarted', 'transactionEnded'] },
			'3 events',
		],
		[TransactionTrigger, { events: [] }, ''],
		[TransactionTrigger, { events: '={{ ["alarm"] }}' }, 'Alarm'],
	])('%p with %j: %s', (Node, parameters, text) => {
		expect(valueInEditor(new Node().description.subtitle!, parameters)).toBe(text);
	});
});

describe('the warning about low limits', () => {
	it.each([
		[{ limitType: 'acMaxPowerKw', limitValue: 0 }, true],
		[{ limitType: 'acMaxPowerKw', limitValue: 1.3 }, true],
		[{ limitType: 'acMaxPowerKw', limitValue: 20 }, false],
		[{ limitType: 'acMaxPowerA', limitValue: 5.9 }, true],
		[{ limitType: 'acMaxPowerA', limitValue: 6 }, false],
		[{ limitType: 'dcMaxPowerKw', limitValue: 0 }, true],
		// A negative number gets an error instead.
		[{ limitType: 'acMaxPowerKw', limitValue: -5 }, false],
		[{ limitType: 'dcMaxPowerKw', limitValue: -5 }, false],
		[{ limitType: 'acMaxPowerKw', limitValue: 20, options: { dcMaxPowerKw: 0 } }, true],
		[{ limitType: 'acMaxPowerKw', limitValue: 20, options: { dcMaxPowerKw: -5 } }, false],
		[{ limitType: 'acMaxPowerKw', limitValue: 20, options: { dcMaxPowerKw: '' } }, false],
	])('beside the form with %j: %s', (parameters, isShown) => {
		expect(valueInEditor(powerLimitHint.displayCondition!, parameters)).toBe(isShown);
	});

	it.each([ChargerOperations, Transaction])('%p shows it once, and before a run only', (Node) => {
		expect(new Node().description.hints).toEqual([powerLimitHint]);
		expect(powerLimitHint.whenToDisplay).toBe('beforeExecution');
	});
});
