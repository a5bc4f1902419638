/** The state machine waits for the payment, for the employee to change what was returned, or for a hold to be released. */
import type { MissingYear } from '../calendar/port.ts';
import type { AwaitFactInput, FactWaitKind } from '../process/await-fact.ts';
import { type OpenWaitDeps, openWait } from '../requests/open-wait.ts';
import { EXPENSE, type ExpenseState } from './domain/expense.ts';
import type { LedgerStepDeps } from './expense-deps.ts';
import { paymentChange } from './refresh-payment.ts';

/** What a claim waits for; other processes wait for other things. */
export type ExpenseWaitKind = Extract<FactWaitKind, 'rework' | 'payment' | 'hold'>;

export interface AwaitExpenseInput extends AwaitFactInput {
  readonly kind: ExpenseWaitKind;
}

export type AwaitExpenseDeps = OpenWaitDeps & LedgerStepDeps;

/** By whom it is answered for; a wait without post belongs to the operators, or to the requester. */
const WANTED: { readonly [kind in ExpenseWaitKind]: { readonly phase: string; readonly post?: string } } = {
  rework: { phase: 'Rework' },
  payment: { phase: 'Payment', post: 'accounting' },
  hold: { phase: 'On hold' },
};

/** As {@link openWait}: answered at once when the ERP says that it is satisfied already. */
export function awaitExpense(deps: AwaitExpenseDeps, input: AwaitExpenseInput): Promise<MissingYear | undefined> {
  const { phase, post } = WANTED[input.kind];
  return openWait<ExpenseState>(deps, EXPENSE, input, {
    phase,
    post,
    subjectOf: ({ processId, state }) => state.entry?.entryNumber ?? processId,
    read: async (head, change) => ({
      change: await paymentChange(deps.ledger, head, deps.clock.now(), change),
      hasMore: false,
    }),
  });
}
