import { describe, expect, it } from 'vitest';
import { alarmIn, targetOf } from '../../../functions/operations/domain/letter-routes.ts';

describe('a dead letter', () => {
  it.each([
    ['RequestsQueueDeadLetters', 'anything', 'RequestsQueue'],
    ['UndeliveredEvents', '{"detail-type":"GoodsReceived"}', 'ErpFactsQueue'],
    ['UndeliveredEvents', '{"detail-type":"StockFellBelowReorderPoint"}', 'StockQueue'],
    ['UndeliveredEvents', '{"detail-type":"LeaveRequestShortened"}', 'RequesterQueue'],
    ['UndeliveredEvents', '{"detail-type":"Misspelt"}', undefined],
    ['UndeliveredEvents', 'no JSON', undefined],
    ['Elsewhere', '{}', undefined],
  ])('of %s with %s goes to %s', (letters, body, queue) => {
    expect(targetOf(letters, body)).toBe(queue);
  });

  it('of an alarm is taken out of the envelope that Lambda puts around it', () => {
    expect(alarmIn('{"requestPayload":{"processId":"P2P-1"},"version":"1.0"}')).toBe('{"processId":"P2P-1"}');
    expect(alarmIn('{"processId":"P2P-1"}')).toBe('{"processId":"P2P-1"}');
  });
});
