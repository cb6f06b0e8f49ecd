import { readAnswer, UnreadableAnswerError } from '../../../../nodes/shared/chargeye/answers.ts';

describe('a charger’s answer', () => {
	it.each([
		['set', { response: 'Accepted' }, { response: 'Accepted' }],
		[
			'set',
			{ response: 'Rejected', statusInfo: { reasonCode: 'InvalidProfile', additionalInfo: 'no' } },
			{ response: 'Rejected', reasonCode: 'InvalidProfile', additionalInfo: 'no' },
		],
		['clear', { response: 'Unknown' }, { response: 'Unknown' }],
		['fromStation', { responseFromStation: 'Scheduled' }, { response: 'Scheduled' }],
		['start', { transactionStartResponse: { status: 'Accepted' } }, { response: 'Accepted' }],
		[
			'stop',
			{
				transactionStopResponse: { status: 'Rejected', statusInfo: { reasonCode: 'UnknownTxId' } },
			},
			{ response: 'Rejected', reasonCode: 'UnknownTxId' },
		],
	] as const)('is read: %s %j', (kind, body, answer) => {
		expect(readAnswer(kind, body)).toEqual(answer);
	});

	it.each([
		['set', { response: 'Perhaps' }, /"response" is "Perhaps", not one of Accepted, Rejected/],
		['set', { response: 'Scheduled' }, /"Scheduled"/],
		['set', {}, /has no "response"/],
		['set', undefined, /has no "response"/],
		['set', '', /has no "response"/],
		['set', '<html></html>', /is a web page/],
		['set', [], /has no "response"/],
		['clear', { responseFromStation: 'Accepted' }, /has no "response"/],
		['fromStation', { response: 'Accepted' }, /has no "responseFromStation"/],
		['start', { transactionStartResponse: null }, /has no "transactionStartResponse.status"/],
		['stop', { transactionStopResponse: { status: true } }, /is true/],
	] as const)('%s %j is an error, not a success', (kind, body, message) => {
		expect(() => readAnswer(kind, body)).toThrow(UnreadableAnswerError);
		expect(() => readAnswer(kind, body)).toThrow(message);
	});
});
