/** What an operator may decide about a step that failed. Pure. */
import type { FailureAction } from '../../requests/domain/step-failure.ts';
import { type ExpenseState, isPaying } from './expense.ts';

/** Steps after which giving up would leave something half done. */
const FINAL = ['UndoClaim', 'CloseClaim', 'AwaitPayment'];

/** In the order in which they are offered; never empty. What leaving a step out means stands in the state machine. */
export function failureActions(step: string, state: ExpenseState): readonly FailureAction[] {
  const isMoving = isPaying(state);
  return [
    'retry',
    // Paid by hand; while a payment may be on its way, that would pay twice.
    ...(['PayEmployee', 'UndoClaim'].includes(step) && !isMoving ? (['skip'] as const) : []),
    ...(FINAL.includes(step) || isMoving ? [] : (['cancel'] as const)),
  ];
}
