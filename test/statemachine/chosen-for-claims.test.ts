import { describe, expect, it } from 'vitest';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import { CHOSEN, chosenByRequester, leavesBeforeRouting, WRONG_CHOICES } from '../support/chosen-approvers.ts';
import { claimEvent, line } from '../support/expense-company.ts';
import { handInExpense, PAID } from '../support/expense-end.ts';
import { ExpenseWorld } from '../support/expense-world.ts';
import { handInLeave } from '../support/leave-end.ts';
import { LeaveWorld, leaveEvent } from '../support/leave-world.ts';
import { directoryData } from '../support/purchase-company.ts';

describe('a claim whose approver the employee chooses', () => {
  it('is decided by whom they chose', async () => {
    const world = new ExpenseWorld({ policies: chosenByRequester });
    const event = claimEvent({ claim: CHOSEN });
    await world.submit(event);
    await world.decide('E-2002', 'approve');
    await world.settle();

    await handInExpense(world, event, PAID);
  });

  it.each(WRONG_CHOICES)(
    'goes back where they chose %s, and on once they chose somebody who may decide',
    async (_, choice, problem) => {
      const world = new ExpenseWorld({ policies: chosenByRequester });
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
    const world = new ExpenseWorld({ policies: chosenByRequester });
    const lines = [line({ category: 'transport', amount: '380.00', units: 1, receiptIds: [] })];
    await world.submit(claimEvent({ claim: { lines, receipts: [], total: '380.00' } }));

    expect(world.notices.at(-1)?.text.en).toContain('claim.approvers.reviewer');
  });
});

describe('a leave request whose approver the employee chooses', () => {
  it('is decided by whom they chose', async () => {
    const world = new LeaveWorld({ policies: chosenByRequester });
    const event = leaveEvent({ leave: CHOSEN });
    await world.submit(event);

    expect(await world.decide('E-2002', 'approve')).toMatchObject({ outcome: 'approved' });
  });

  it.each(WRONG_CHOICES)('goes back where they chose %s', async (_, choice, problem) => {
    const world = new LeaveWorld({ policies: chosenByRequester });
    const event = leaveEvent({ leave: choice });
    await world.submit(event);

    expect(world.notices.at(-1)?.text.en).toContain(`leave.approvers.reviewer: ${problem}`);
    await handInLeave(world, event, { record: '(Rework)', erp: 'nothing', oa: 'returned' });
  });
});

describe('whom the employee chose leaves between the check and the routing', () => {
  const OTHER = { changes: { approvers: { reviewer: 'E-3001' } } };
  const leaving = () => {
    const company = leavesBeforeRouting(createFileDirectory(directoryData), 'E-2002');
    company.leaveSoon();
    return company;
  };

  it('and the claim goes back, and on once they chose somebody else', async () => {
    const world = new ExpenseWorld(leaving());
    const event = claimEvent({ claim: CHOSEN });
    await world.submit(event);

    expect(world.notices.at(-1)?.text.en).toContain('claim.approvers.reviewer: E-2002 is inactive');
    await world.resubmit(event, OTHER);
    expect(await world.lastAsked()).toBe('E-3001');
    const end = { record: '(Expense approval)', erp: 'nothing', oa: 'accepted returned accepted' };
    await handInExpense(world, event, end);
  });

  it('and the leave request goes back, and on once they chose somebody else', async () => {
    const world = new LeaveWorld(leaving());
    const event = leaveEvent({ leave: CHOSEN });
    await world.submit(event);

    expect(world.notices.at(-1)?.text.en).toContain('leave.approvers.reviewer: E-2002 is inactive');
    await world.resubmit(event, OTHER);
    expect(await world.decide('E-3001', 'approve')).toMatchObject({ outcome: 'approved' });
    const end = {
      record: 'approve (Approved leave)',
      erp: 'annual 2026-03-06 8, 2026-03-09 8',
      oa: 'accepted returned accepted approved recorded',
    };
    await handInLeave(world, event, end);
  });
});
