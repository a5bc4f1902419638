/** Segregation of duties between order and payment: whoever has a part in the approval of the order has none in its payment's. Pure. */
import type { ApprovalState } from '../../approvals/domain/approval-state.ts';
import type { Exclusion } from '../../approvals/domain/plan.ts';

/**
 * Who may not decide about the payment: those who approved the order, for themselves or for somebody else, and those in whose
 * name it was approved. An approval of a version that was returned bars as well; one that counts no more does not.
 */
export function orderApprovers(approvals: readonly ApprovalState[]): readonly Exclusion[] {
  const decisions = approvals
    .filter(({ plan }) => plan.subject === 'order')
    .flatMap((approval) => approval.decisions)
    .filter(({ action, voided }) => action === 'approve' && voided === undefined);
  const pressed = new Set(decisions.map(({ employeeId }) => employeeId));
  const represented = new Set(decisions.flatMap(({ onBehalfOf }) => onBehalfOf ?? []));
  return [
    ...[...pressed].map((employeeId) => ({ employeeId, reason: 'approved the order' })),
    ...[...represented]
      .filter((employeeId) => !pressed.has(employeeId))
      .map((employeeId) => ({ employeeId, reason: 'the order was approved in their name' })),
  ];
}
