import { toResponse } from '../../../sandbox/rest/handlers/answers.mts';

it('an answer passes on everything that the station says about it', () => {
	const statusInfo = {
		reasonCode: 'NotEnabled',
		additionalInfo: 'Limited by the grid operator',
		customData: { vendorId: 'Other', until: 'noon' },
	};
	expect(toResponse({ status: 'Rejected', statusInfo })).toEqual({
		response: 'Rejected',
		statusInfo,
	});
});
