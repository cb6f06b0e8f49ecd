import { reasonSentence } from '../../../../nodes/shared/chargeye/reasons.ts';

describe('the sentence for a reason code', () => {
	it('is the same for all endpoints, unless one needs another fix', () => {
		expect(reasonSentence('TxInProgress', 'restartStation')).toContain('choose On Idle');
		expect(reasonSentence('TxInProgress', 'startTransaction')).toContain(
			'choose another connector',
		);
		expect(reasonSentence('TxInProgress', 'stopTransaction')).not.toContain('On Idle');
		expect(reasonSentence('NoCable', 'startTransaction')).toContain('plug in');
	});

	it.each(['setStationPowerLimit', 'setConnectorPowerLimit'] as const)(
		'says for %s how to remove the charging profile that is in the way',
		(endpoint) => {
			expect(reasonSentence('DuplicateProfile', endpoint)).toContain(
				'Clear of Smart Charging Profile',
			);
		},
	);

	it('says for a charging profile how to remove the power limit that is in the way', () => {
		expect(reasonSentence('DuplicateProfile', 'setStationChargingProfile')).toContain(
			'Clear Power Limit removes them',
		);
	});

	it.each([
		[
			'setStationChargingProfile',
			'Profile 3000 has the same purpose and stack level on EVSE 0',
			'3000',
		],
		['setConnectorPowerLimit', 'conflict: id=5282', '5282'],
	] as const)('names the power limit that is in the way of %s: %s', (endpoint, words, id) => {
		expect(reasonSentence('DuplicateProfile', endpoint, words)).toBe(
			`The charger has a power limit with the same purpose and stack level: charging profile ${id}. Clear Power Limit removes it; or choose another Stack Level.`,
		);
	});

	it.each(['Profile 100 has the same purpose', 'Profile 5283', 'Profile 30001', ''])(
		'takes no other profile for a power limit: %s',
		(words) => {
			const general = reasonSentence('DuplicateProfile', 'setStationChargingProfile');
			expect(reasonSentence('DuplicateProfile', 'setStationChargingProfile', words)).toBe(general);
			expect(reasonSentence('NotFound', 'setStationChargingProfile', 'Profile 3000')).toBe(
				reasonSentence('NotFound'),
			);
		},
	);

	it.each(['Overheated', 'constructor', 'toString'])('does not exist for %s', (code) => {
		expect(reasonSentence(code, 'restartStation')).toBeUndefined();
	});
});
