import { describe, expect, it } from 'vitest';
import { claimEvent, line } from '../support/expense-company.ts';
import { handInExpense } from '../support/expense-end.ts';
import { ExpenseWorld } from '../support/expense-world.ts';
import { LeaveWorld, leaveEvent } from '../support/leave-world.ts';

/** One day, which is the day of the claim's lines. */
const journey = leaveEvent({
  requestId: 'LV-1',
  leave: { kind: 'travel', destination: 'Suzhou', from: '2026-01-04', to: '2026-01-04' },
});

function claimOf(changes: { readonly employeeId?: string; readonly journey?: string | undefined } = {}) {
  const { employeeId = 'E-1001' } = changes;
  const lines = [line({ category: 'travel', date: '2026-01-04', units: 1, journey: 'LV-1', ...changes })];
  return claimEvent({ employeeId, claim: { lines } });
}

/** The journey is approved, and the claims of its traveller are checked against the same tables. */
async function travelled(): Promise<{ readonly leave: LeaveWorld; readonly expense: ExpenseWorld }> {
  const leave = new LeaveWorld();
  await leave.submit(journey);
  await leave.approve();
  const expense = new ExpenseWorld({ planted: { store: leave.store } });
  await expense.advance(24 * 4);
  return { leave, expense };
}

describe('a claim of a journey', () => {
  it('is complete when the journey is approved', async () => {
    const { expense } = await travelled();
    await expense.submit(claimOf());

    const end = { record: '(Expense approval)', erp: 'nothing', oa: 'accepted' };
    await handInExpense(expense, claimOf(), end);
  });

  it.each([
    ['names no journey', claimOf({ journey: undefined })],
    ['names the journey of a colleague', claimOf({ employeeId: 'E-1002' })],
    ['names one that nobody asked for', claimOf({ journey: 'LV-404' })],
  ])('goes back when it %s', async (_, event) => {
    const { expense } = await travelled();
    await expense.submit(event);

    expect(expense.notices[0]?.text.en).toContain('claim.lines[0].journey');
    await handInExpense(expense, event, { record: '(Rework)', erp: 'nothing', oa: 'returned' });
  });

  it('goes back when the journey was taken back, or was not decided yet', async () => {
    const { leave, expense } = await travelled();
    await leave.withdraw(journey);
    await expense.submit(claimOf());
    const undecided = new LeaveWorld();
    await undecided.submit(journey);
    const early = new ExpenseWorld({ planted: { store: undecided.store } });
    await early.advance(24 * 4);
    await early.submit(claimOf());

    expect([expense, early].map((world) => world.notices[0]?.status)).toEqual(['returned', 'returned']);
  });

  it('goes back when what was approved is leave, and no journey', async () => {
    const leave = new LeaveWorld();
    const holiday = leaveEvent({ requestId: 'LV-1', leave: { kind: 'sick', from: '2026-01-04', to: '2026-01-04' } });
    await leave.submit(holiday);
    await leave.approve();
    const expense = new ExpenseWorld({ planted: { store: leave.store } });
    await expense.advance(24 * 4);
    await expense.submit(claimOf());

    expect(expense.notices[0]?.text.en).toContain('no approved journey');
  });
});
