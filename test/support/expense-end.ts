/** What an expense claim has come to, in one line for each side that must agree. */
import type { ExpenseClaimSubmitted } from '../../functions/events/expense-claim-submitted.ts';
import { sum } from '../../functions/money/money.ts';
import type { ExpenseWorld } from './expense-world.ts';
import type { End } from './path-coverage.ts';
import { bookDifferences } from './reconciliation.ts';
import { handInRequest, NOTHING } from './request-end.ts';

/** A claim of 180.00 that went its way. */
export const PAID: End = {
  record: 'approve paid',
  erp: 'JE-1 stands 180, EP-1 completed 180.00',
  oa: 'accepted approved posted payment-requested paid',
};

/** Hands in the world of a claim, and with it asserts its end: in the ERP, what stands in the books, what the bank does, and what an auditor finds. */
export async function handInExpense(
  world: ExpenseWorld,
  event: ExpenseClaimSubmitted,
  expected: End,
  unfit: readonly string[] = [],
): Promise<void> {
  const erp = [erpLine(world), ...(await bookDifferences(world))].join(', ');
  await handInRequest(world, event, erp, expected, unfit);
}

/** Entries with what they debit, and payments, in the order in which they were made. */
function erpLine({ ledger }: ExpenseWorld): string {
  const documents = [
    ...ledger.allEntries().map(({ entryNumber, reversedBy, lines }) => {
      const debits = sum(lines.map(({ debit = '0' }) => debit));
      return `${entryNumber} ${reversedBy === undefined ? 'stands' : 'reversed'} ${debits}`;
    }),
    ...ledger.allDrafts().map(() => 'a draft'),
    ...ledger
      .allEmployeePayments()
      .map(({ paymentNumber, state, amount }) => `${paymentNumber} ${state} ${amount.amount}`),
  ];
  return documents.join(', ') || NOTHING;
}
