/** An expense claim that is right, for tests that make it wrong in one place. */

import { type ExpenseClaim, expenseClaimSchema } from '../../../functions/events/expense-claim-submitted.ts';
import { type ClaimCheck, type ClaimCheckInput, checkClaim } from '../../../functions/expenses/domain/check-claim.ts';
import { receiptIdentities } from '../../../functions/expenses/domain/receipt-identity.ts';
import type { ExpenseLimit } from '../../../functions/policy/port.ts';

export const LIMIT: ExpenseLimit = {
  perUnit: '600',
  receiptAbove: '50',
  maxAgeDays: 90,
  overLimit: 'return',
  unit: 'piece',
  mostUnits: 366,
  needsJourney: false,
};

/** One night, two meals in another currency, each with its receipt. */
export function claimOf(changes: Partial<ExpenseClaim> = {}): ExpenseClaim {
  return expenseClaimSchema.parse({
    title: 'Journey to Berlin',
    justification: 'Acceptance of the machine',
    costCentre: 'CC-100',
    legalEntity: 'CN01',
    lines: [
      { category: 'accommodation', date: '2026-11-02', amount: '480.00', currency: 'CNY', receiptIds: ['R1'] },
      { category: 'meals', date: '2026-11-02', units: 2, amount: '20.05', currency: 'EUR', receiptIds: ['R2'] },
    ],
    receipts: [
      { receiptId: 'R1', number: '0811', date: '2026-11-03', amount: '480.00', currency: 'CNY', sellerName: 'Hotel A' },
      { receiptId: 'R2', number: '77', date: '2026-11-02', amount: '20.05', currency: 'EUR', sellerName: 'Bar B' },
    ],
    total: '640.40',
    ...changes,
  });
}

/** A claim with its first line, or its first receipt, changed. */
export function withLine(change: Partial<ExpenseClaim['lines'][number]>, more: Partial<ExpenseClaim> = {}) {
  const claim = claimOf();
  return claimOf({ lines: claim.lines.map((line, index) => (index === 0 ? { ...line, ...change } : line)), ...more });
}
export function withReceipt(change: Partial<ExpenseClaim['receipts'][number]>) {
  const claim = claimOf();
  return claimOf({ receipts: claim.receipts.map((one, index) => (index === 0 ? { ...one, ...change } : one)) });
}

export function check(claim: ExpenseClaim, changes: Partial<ClaimCheckInput> = {}): ClaimCheck {
  return checkClaim({
    claim,
    identities: claim.receipts.map((receipt) => receiptIdentities(receipt)),
    rates: new Map([['EUR 2026-11-02', '8']]),
    limits: new Map<string, ExpenseLimit>([
      ['accommodation', LIMIT],
      ['meals', { ...LIMIT, perUnit: '100', overLimit: 'review' }],
    ]),
    journeys: new Map(),
    others: [],
    today: '2026-11-26',
    currency: 'CNY',
    bookedEntities: ['CN01'],
    ...changes,
  });
}
