import { describe, expect, it } from 'vitest';
import type { ApprovalLevelRule, Policies } from '../../functions/policy/port.ts';
import { claimEvent, line } from '../support/expense-company.ts';
import { handInExpense } from '../support/expense-end.ts';
import { ExpenseWorld } from '../support/expense-world.ts';
import { handInLeave } from '../support/leave-end.ts';
import { LeaveWorld, leaveEvent } from '../support/leave-world.ts';
import { companyPolicies } from '../support/purchase-company.ts';

/** The company's rules, but the first level of anything is whoever the requester chooses. */
const policies: Policies = {
  ...companyPolicies,
  approvalLevels: async (question) => {
    const [first, ...others] = await companyPolicies.approvalLevels(question);
    const approvers: ApprovalLevelRule['approvers'] = [{ rule: 'choice:reviewer', weight: 1 }];
    return first === undefined ? others : [{ ...first, approvers }, ...others];
  },
};
const CHOSEN = { approvers: { reviewer: 'E-2002' } };
const WRONG = [
  ['nobody', {}, 'nobody is named'],
  ['themself', { approvers: { reviewer: 'E-1001' } }, 'E-1001 is the requester'],
  ['somebody who has left', { approvers: { reviewer: 'E-1003' } }, 'E-1003 is inactive'],
] as const;

describe('a claim whose approver the employee chooses', () => {
  it('is decided by whom they chose', async () => {
    const world = new ExpenseWorld({ policies });
    const event = claimEvent({ claim: CHOSEN });
    await world.submit(event);
    await world.decide('E-2002', 'approve');
    await world.settle();

    const end = { record: 'approve paid', erp: 'JE-1 stands 180, EP-1 completed 180.00', oa: 'accepted posted paid' };
    await handInExpense(world, event, end);
  });

  it.each(WRONG)(
    'goes back where they chose %s, and on once they chose somebody who may decide',
    async (_, choice, problem) => {
      const world = new ExpenseWorld({ policies });
      const event = claimEvent({ claim: choice });
      await world.submit(event);

      expect(world.notices.at(-1)?.text.en).toContain(`claim.approvers.reviewer: ${problem}`);
      await world.resubmit(event, { changes: CHOSEN });
      expect(await world.lastAsked()).toBe('E-2002');
      const end = { record: '(Expense approval)', erp: 'nothing', oa: 'returned accepted' };
      await handInExpense(world, event, end);
    },
  );

  it('goes back also where the choice is about what has to be judged first', async () => {
    const world = new ExpenseWorld({ policies });
    const lines = [line({ category: 'transport', amount: '380.00', units: 1, receiptIds: [] })];
    await world.submit(claimEvent({ claim: { lines, receipts: [], total: '380.00' } }));

    expect(world.notices.at(-1)?.text.en).toContain('claim.approvers.reviewer');
  });
});

describe('a leave request whose approver the employee chooses', () => {
  it('is decided by whom they chose', async () => {
    const world = new LeaveWorld({ policies });
    const event = leaveEvent({ leave: CHOSEN });
    await world.submit(event);

    expect(await world.decide('E-2002', 'approve')).toMatchObject({ outcome: 'approved' });
  });

  it.each(WRONG)('goes back where they chose %s', async (_, choice, problem) => {
    const world = new LeaveWorld({ policies });
    const event = leaveEvent({ leave: choice });
    await world.submit(event);

    expect(world.notices.at(-1)?.text.en).toContain(`leave.approvers.reviewer: ${problem}`);
    await handInLeave(world, event, { record: '(Rework)', erp: 'nothing', oa: 'returned' });
  });
});
