import { reasonSentence } from '../../../../nodes/shared/chargeye/reasons.ts';

describe('what a reason code means', () => {
	it('is one sentence for all endpoints, unless one has a better way out', () => {
		expect(reasonSentence('TxInProgress', 'restartStation')).toContain('choose On Idle');
		expect(reasonSentence('TxInProgress', 'startTransaction')).toContain(
			'choose another connector',
		);
		expect(reasonSentence('TxInProgress', 'stopTransaction')).not.toContain('On Idle');
		expect(reasonSentence('NoCable', 'startTransaction')).toContain('plug in');
	});

	it.each(['setStationPowerLimit', 'setConnectorPowerLimit'] as const)(
		'leads from %s to the charging profile in its way',
		(endpoint) => {
			expect(reasonSentence('DuplicateProfile', endpoint)).toContain(
				'Clear of Smart Charging Profile',
			);
		},
	);

	it('leads from a charging profile to the power limit in its way', () => {
		expect(reasonSentence('DuplicateProfile', 'setStationChargingProfile')).toContain(
			'Clear Power Limit removes them',
		);
	});

	it.each(['Overheated', 'constructor', 'toString'])('is not known of %s', (code) => {
		expect(reasonSentence(code, 'restartStation')).toBeUndefined();
	});
});
