import { describe, expect, it } from 'vitest';
import { releaseHolds } from '../../functions/process/hold-process.ts';
import { listRequests } from '../../functions/worklist/list-requests.ts';
import { handInExpense } from '../support/expense-end.ts';
import { ExpenseWorld, MANAGER } from '../support/expense-world.ts';
import { doNextPart, fileWinding, holdOrder, wrongEvent } from './expense-stories.ts';

const EMPLOYEE = 'E-1001';
const ACCOUNTING = 'E-4003';

/** Where the employee's own list says that the claim is, and who has it. */
async function whereabouts(world: ExpenseWorld) {
  const { requests } = await listRequests(world.decisionDeps(), EMPLOYEE, { limit: 10 });
  return requests.map(({ phase, status, outcome, waitsFor }) => ({
    phase,
    has: waitsFor.flatMap(({ people }) => people.map(({ employeeId }) => employeeId)),
    ...(status === 'ended' ? { outcome } : {}),
  }));
}

describe('the employee whose claim winds its way', () => {
  it('sees at each step where it is, and who has it', async () => {
    // Prepare
    let postings = 0;
    const world = new ExpenseWorld({
      fault: (_, name) => {
        postings += name === 'PostEntry' ? 1 : 0;
        return name === 'PostEntry' && postings === 2 ? 'refused' : undefined;
      },
    });
    await fileWinding(world);

    // Act
    const seen = [...(await whereabouts(world))];
    while ((await world.head(wrongEvent)).status !== 'ended' && seen.length < 10) {
      await doNextPart(world);
      seen.push(...(await whereabouts(world)));
    }

    // Assess
    expect(seen).toEqual([
      { phase: 'Rework', has: [EMPLOYEE] },
      { phase: 'Expense review', has: [ACCOUNTING] },
      { phase: 'Expense approval', has: [MANAGER] },
      { phase: 'On hold', has: ['operators'] },
      { phase: 'Waiting for an operator', has: ['operators'] },
      { phase: 'Payment', has: [ACCOUNTING] },
      { phase: 'Closed', has: [], outcome: 'paid' },
    ]);
    await handInExpense(world, wrongEvent, {
      record: 'accept approve !PostEntry retry paid',
      erp: 'JE-1 stands 380, EP-1 completed 380.00',
      oa: 'returned accepted under-review approved posted payment-requested paid',
    });
  });

  it('is told of nobody else’s', async () => {
    const world = new ExpenseWorld();
    await fileWinding(world);
    await releaseHolds(world.decisionDeps(), await holdOrder(world));

    expect((await listRequests(world.decisionDeps(), 'E-1002', { limit: 10 })).requests).toEqual([]);
  });
});
