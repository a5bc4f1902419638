import { describe, expect, it } from 'vitest';
import type { ApprovalState, Decision } from '../../../functions/approvals/domain/approval-state.ts';
import type { ApprovalSubject } from '../../../functions/approvals/domain/plan.ts';
import { orderApprovers } from '../../../functions/procurement/domain/order-approvers.ts';
import { opened } from '../approvals/approvals.ts';

function decidedBy(subject: ApprovalSubject, ...decisions: readonly Partial<Decision>[]): ApprovalState {
  const made = { level: 0, round: 1, employeeId: 'S', action: 'approve', at: '2026-01-01T00:00:00.000Z' };
  return { ...opened({ subject }), decisions: decisions.map((one) => ({ ...made, ...one })) };
}

const barred = (...approvals: readonly ApprovalState[]) =>
  orderApprovers(approvals).map(({ employeeId }) => employeeId);

describe('who may not decide about the payment of an order', () => {
  it('is whoever approved it, and in whose name', () => {
    expect(orderApprovers([decidedBy('order', { onBehalfOf: 'A' }, { employeeId: 'B' })])).toEqual([
      { employeeId: 'S', reason: 'approved the order' },
      { employeeId: 'B', reason: 'approved the order' },
      { employeeId: 'A', reason: 'the order was approved in their name' },
    ]);
  });

  it('is named once, as who pressed the button, where they did both', () => {
    const approvals = [decidedBy('order', { onBehalfOf: 'A' }), decidedBy('order', { employeeId: 'A' })];
    expect(orderApprovers(approvals)).toEqual([
      { employeeId: 'S', reason: 'approved the order' },
      { employeeId: 'A', reason: 'approved the order' },
    ]);
  });

  it.each([
    ['rejected it', decidedBy('order', { action: 'reject', onBehalfOf: 'A' })],
    ['approved it and took that back', decidedBy('order', { voided: 'taken-back', onBehalfOf: 'A' })],
    ['approved something else', decidedBy('invoice-mismatch', { onBehalfOf: 'A' })],
  ])('is nobody who %s', (_, approval) => {
    expect(barred(approval)).toEqual([]);
  });
});
