/** The end of an expense claim. */
import { type CloseDeps, closeRequest } from '../requests/close-request.ts';
import type { OpenIntent } from '../requests/record-intent.ts';
import { EXPENSE, type ExpenseHead, type ExpenseOutcome, entryKeyOf } from './domain/expense.ts';
import { closingFacts, ENDINGS } from './domain/messages.ts';

export interface CloseExpenseInput {
  readonly processId: string;
  /** How the state machine came here; outcomes of approvals and waits are understood. */
  readonly ending: string;
}

/** Idempotent: an ended process stays as it ended. */
export function closeExpense(
  deps: CloseDeps,
  { processId, ending }: CloseExpenseInput,
): Promise<{ outcome: ExpenseOutcome }> {
  return closeRequest(deps, EXPENSE, {
    processId,
    ending,
    outcomes: OUTCOMES,
    endings: ENDINGS,
    told: closingFacts,
    mailed: ({ entry }) => ({ entryNumber: entry?.entryNumber ?? '' }),
    openIntents,
  });
}

/** An entry of which nobody knows. (A claim that may be paying does not end before that is known.) */
function openIntents({ processId, state }: ExpenseHead): readonly OpenIntent[] {
  const key = entryKeyOf(processId);
  return state.entry === undefined && state.intended.includes(key) ? [{ processId, key, document: 'entry' }] : [];
}

const OUTCOMES: { readonly [ending: string]: ExpenseOutcome } = {
  paid: 'paid',
  settled: 'settled',
  posted: 'posted',
  refused: 'refused',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  cancelled: 'cancelled',
  expired: 'expired',
  stopped: 'cancelled',
};
