import { describe, expect, it } from 'vitest';
import type { OaAnswer } from '../../../local/demo/oa.ts';
import { linesWith, versionToReplace } from '../../../local/demo/portal/awaited-change.ts';

function answer(sequence: number, status: string, facts: OaAnswer['facts'] = {}): OaAnswer {
  return {
    messageId: `m-${sequence}`,
    oa: { system: 'demo-oa', requestId: 'PR-1' },
    processId: 'p-1',
    sequence,
    status,
    text: { en: status, zh: status },
    facts,
    occurredAt: '2026-01-01T00:00:00.000Z',
    receivedAt: '2026-01-01T00:00:01.000Z',
  };
}

describe('a request in the demonstration OA', () => {
  it('can be sent again while it is with its requester, and not before or after', () => {
    const accepted = answer(1, 'accepted');
    const returned = answer(2, 'returned', { version: 1 });

    expect(versionToReplace([accepted])).toBeUndefined();
    expect(versionToReplace([accepted, returned])).toBe(1);
    expect(versionToReplace([accepted, returned, answer(3, 'resubmission-refused', { version: 1 })])).toBe(1);
    expect(versionToReplace([accepted, returned, answer(3, 'accepted')])).toBeUndefined();
    expect(versionToReplace([accepted, returned, answer(3, 'expired', { final: true })])).toBeUndefined();
    expect(versionToReplace([returned, answer(3, 'accepted'), answer(4, 'returned', { version: 2 })])).toBe(2);
  });

  it('is sent with the quantities that were filled in', () => {
    const line = { quantity: '5', unitPrice: '2.00', amount: '10.00' };
    const lines = [
      { ...line, productCode: 'P-1' },
      { ...line, productCode: 'P-2' },
    ];
    const requisition = {
      title: 'T',
      justification: '',
      costCentre: 'C',
      supplierCode: 'S',
      currency: 'CNY',
      total: '20.00',
    };
    const request = { requestId: 'PR-1', requesterId: 'E-1', filedAt: '', requisition: { ...requisition, lines } };

    expect(linesWith(request, { 'quantity.0': ' 3 ', 'quantity.1': '' })).toEqual([
      { productCode: 'P-1', quantity: '3', unitPrice: '2.00' },
    ]);
    expect(linesWith(request, { 'quantity.0': 'many' })).toBeUndefined();
  });
});
