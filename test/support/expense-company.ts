/** What people of the tests' company claim. */
import type {
  ClaimedReceipt,
  ExpenseClaimSubmitted,
  ExpenseLine,
} from '../../functions/events/expense-claim-submitted.ts';

const METADATA = { occurredAt: '2026-01-05T08:00:00+08:00', schemaVersion: '1.0' };

export function receipt(changes: Partial<ClaimedReceipt> = {}): ClaimedReceipt {
  return {
    receiptId: 'r1',
    number: '24312000000012345678',
    date: '2026-01-01',
    amount: '180.00',
    currency: 'CNY',
    sellerName: 'Lotus Restaurant',
    sellerTaxId: '91310000MA1K00001A',
    ...changes,
  };
}

export function line(changes: Partial<ExpenseLine> = {}): ExpenseLine {
  return {
    category: 'meals',
    date: '2026-01-01',
    description: 'Dinner with a customer',
    units: 2,
    amount: '180.00',
    currency: 'CNY',
    receiptIds: ['r1'],
    ...changes,
  };
}

/** The claim that most stories begin with: 180 CNY of a dinner, so the manager decides. */
export function claimEvent(
  changes: { readonly claim?: object; readonly requestId?: string; readonly employeeId?: string } = {},
): ExpenseClaimSubmitted {
  const requestId = changes.requestId ?? 'EX-1';
  return {
    metadata: { ...METADATA, eventId: `event-${requestId}`, correlationId: requestId },
    oa: { system: 'demo-oa', requestId },
    requester: { employeeId: changes.employeeId ?? 'E-1001' },
    claim: {
      title: 'Dinner with a customer',
      justification: 'The contract of the year',
      costCentre: 'CC-100',
      legalEntity: 'CN01',
      lines: [line()],
      receipts: [receipt()],
      total: '180.00',
      ...changes.claim,
    },
  };
}
