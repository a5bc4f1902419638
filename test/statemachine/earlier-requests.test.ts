/** What those who decide about claims and engineering changes are shown of what came before, and of the budget. */
import { describe, expect, it } from 'vitest';
import { listApprovals } from '../../functions/approvals/approval-store.ts';
import type { DecisionDocument } from '../../functions/approvals/domain/plan.ts';
import { ChangeWorld, changeEvent } from '../support/change-world.ts';
import { claimEvent, line, receipt } from '../support/expense-company.ts';
import { ExpenseWorld, MANAGER } from '../support/expense-world.ts';

const CLAIM = claimEvent();
const LATER_CLAIM = claimEvent({
  requestId: 'EX-2',
  claim: { lines: [line({ category: 'office', units: 1 })], receipts: [receipt({ number: '24312000000000000002' })] },
});
const CHANGE = changeEvent();
const LATER_CHANGE = changeEvent({ requestId: 'EC-2', change: { title: 'Longer leads again' } });

/** What was shown first of each subject. */
async function shownOf(world: ExpenseWorld | ChangeWorld, processId: string) {
  const approvals = await listApprovals(world.store, processId);
  const found = (subject: string): DecisionDocument | undefined =>
    approvals.find(({ plan }) => plan.subject === subject)?.plan.document;
  return found;
}

describe('whoever decides about a claim', () => {
  it('reads the budget of its cost centre and what the claim would leave of it, as the record has it', async () => {
    const world = new ExpenseWorld();

    await world.submit(CLAIM);

    const { processId } = await world.head(CLAIM);
    expect((await shownOf(world, processId))('expense')?.budget).toEqual({
      from: '2026-01-01',
      to: '2026-12-31',
      currency: 'CNY',
      budgeted: '600000.00',
      used: '0.00',
      committed: '0.00',
      leftAfter: '599820.00',
    });
    const checked = (await world.record(CLAIM)).find(({ type }) => type === 'ClaimChecked');
    expect(checked?.facts).toMatchObject({ budget: { budgeted: { amount: '600000.00', currency: 'CNY' } } });
  });

  it('reads which claims of the employee came before, also where it is to be judged first', async () => {
    const world = new ExpenseWorld();
    await world.submit(CLAIM);
    await world.approve();
    await world.settle();
    const dear = { category: 'transport', amount: '380.00', units: 1 };
    const judged = claimEvent({
      requestId: 'EX-3',
      claim: {
        lines: [line(dear)],
        receipts: [receipt({ number: '24312000000000000003', amount: '380.00' })],
        total: '380.00',
      },
    });

    await world.submit(LATER_CLAIM);
    await world.decide(MANAGER, 'reject', 'Who was there?');
    await world.submit(judged);

    const { processId } = await world.head(judged);
    expect((await shownOf(world, processId))('expense-exception')?.earlierRequests).toMatchObject({
      of: 'claims',
      count: 1,
      total: '180.00',
      latest: [
        { number: 'EX-2', amount: '180.00', outcome: 'rejected' },
        { number: 'JE-1', amount: '180.00', outcome: 'paid' },
      ],
    });
  });

  it('waits until the ERP is there again, whose budget it is', async () => {
    const world = new ExpenseWorld();
    let isUp = false;
    world.erp.fault = (operation) => {
      const isDown = operation === 'readBudget' && !isUp;
      isUp ||= isDown;
      return isDown ? 'down' : undefined;
    };

    await world.submit(CLAIM);
    await world.advance(1);

    const { processId } = await world.head(CLAIM);
    expect((await shownOf(world, processId))('expense')).toHaveProperty('budget');
  });
});

describe('whoever decides about an engineering change', () => {
  it('reads which changes of the same product were asked for before, and no budget, since it has no cost centre', async () => {
    const world = new ChangeWorld();
    await world.submit(CHANGE);
    await world.decide(await world.lastAsked(), 'reject', 'Not this year');

    await world.submit(LATER_CHANGE);

    const { processId } = await world.head(LATER_CHANGE);
    const shown = (await shownOf(world, processId))('engineering-change');
    expect(shown?.earlierRequests).toMatchObject({
      of: 'changes',
      count: 0,
      latest: [{ number: 'EC-1', title: 'Shorter leads', outcome: 'rejected' }],
    });
    expect(shown).not.toHaveProperty('budget');
  });
});
