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

	it.each(['Overheated', 'constructor', 'toString'])('does not exist for %s', (code) => {
		expect(reasonSentence(code, 'restartStation')).toBeUndefined();
	});
});
