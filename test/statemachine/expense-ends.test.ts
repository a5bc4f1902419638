import { describe, expect, it } from 'vitest';
import { recordEmployeePayment } from '../../functions/expenses/record-employee-payment.ts';
import { claimEvent } from '../support/expense-company.ts';
import { handInExpense, PAID } from '../support/expense-end.ts';
import { ExpenseWorld, MANAGER } from '../support/expense-world.ts';

const event = claimEvent();

async function approved(world: ExpenseWorld): Promise<ExpenseWorld> {
  await world.submit(event);
  await world.approve();
  return world;
}

describe('an expense claim', () => {
  it('that is approved is posted once, paid once, and closed as paid', async () => {
    const world = await approved(new ExpenseWorld());
    await world.settle();

    expect(world.ledger.allEmployeePayments()).toMatchObject([
      { amount: { amount: '180.00', currency: 'CNY' }, state: 'completed' },
    ]);
    await handInExpense(world, event, PAID);
  });

  it('that an advance covers is posted, and nothing is paid', async () => {
    const world = new ExpenseWorld();
    world.ledger.advances.set('E-1001', '500.00');
    await approved(world);

    await handInExpense(world, event, {
      record: 'approve settled',
      erp: 'JE-1 stands 180',
      oa: 'accepted approved posted settled',
    });
  });

  it('that an advance covers in part pays the rest', async () => {
    const world = new ExpenseWorld();
    world.ledger.advances.set('E-1001', '100.00');
    await approved(world);

    expect(world.ledger.allEmployeePayments()).toMatchObject([{ amount: { amount: '80.00', currency: 'CNY' } }]);
    await handInExpense(world, event, {
      record: 'approve (Payment)',
      erp: 'JE-1 stands 180, EP-1 processing 80.00',
      oa: 'accepted approved posted payment-requested',
    });
  });

  it('of somebody who has left is refused', async () => {
    const world = new ExpenseWorld();
    await world.submit(claimEvent({ employeeId: 'E-1003' }));

    await handInExpense(world, event, { record: 'refused', erp: 'nothing', oa: 'refused' });
  });

  it('is not told of payments of entries that no claim made', async () => {
    const world = await approved(new ExpenseWorld());
    const before = await world.entryTypes(event);

    expect(await recordEmployeePayment({ ...world.decisionDeps(), ledger: world.ledger }, 'JE-99')).toBe('not-ours');
    expect(await world.entryTypes(event)).toEqual(before);
    await handInExpense(world, event, {
      record: 'approve (Payment)',
      erp: 'JE-1 stands 180, EP-1 processing 180.00',
      oa: 'accepted approved posted payment-requested',
    });
  });

  it('that is rejected leaves nothing in the books', async () => {
    const world = new ExpenseWorld();
    await world.submit(event);
    await world.decide(MANAGER, 'reject', 'Not for the business');

    await handInExpense(world, event, { record: 'reject rejected', erp: 'nothing', oa: 'accepted rejected' });
  });

  it('that nobody decides expires', async () => {
    const world = new ExpenseWorld();
    await world.submit(event);
    await world.advance(24 * 40);

    await handInExpense(world, event, { record: 'expired', erp: 'nothing', oa: 'accepted expired' });
  });

  it('can be withdrawn before it is posted', async () => {
    const world = new ExpenseWorld();
    await world.submit(event);

    expect(await world.withdraw(event)).toBe('withdrawn');
    await handInExpense(world, event, { record: 'withdrawn', erp: 'nothing', oa: 'accepted withdrawn' });
  });

  it('cannot be withdrawn once it is in the books', async () => {
    const world = await approved(new ExpenseWorld());

    expect(await world.withdraw(event)).toBe('refused');
    await world.settle();

    await handInExpense(world, event, {
      record: 'approve paid',
      erp: 'JE-1 stands 180, EP-1 completed 180.00',
      oa: 'accepted approved posted payment-requested withdrawal-refused paid',
    });
  });

  it('is approved by nobody for themselves: the manager’s own claim goes to their manager', async () => {
    const world = new ExpenseWorld();
    await world.submit(claimEvent({ employeeId: MANAGER }));

    expect(await world.lastAsked()).not.toBe(MANAGER);
    await handInExpense(world, event, { record: '(Expense approval)', erp: 'nothing', oa: 'accepted' });
  });

  it('whose findings a reviewer accepts goes on to its approval', async () => {
    const world = new ExpenseWorld();
    const dear = dearClaim();
    await world.submit(dear);
    const reviewer = await world.lastAsked();
    await world.decide(reviewer, 'accept', 'There was no other way home at night');
    await world.approve();
    await world.settle();

    expect(reviewer).not.toBe(MANAGER);
    await handInExpense(world, event, {
      record: 'accept approve paid',
      erp: 'JE-1 stands 380, EP-1 completed 380.00',
      oa: 'accepted under-review approved posted payment-requested paid',
    });
  });

  it('whose findings a reviewer rejects ends there', async () => {
    const world = new ExpenseWorld();
    await world.submit(dearClaim());
    await world.decide(await world.lastAsked(), 'reject', 'There are buses');

    await handInExpense(world, event, {
      record: 'reject rejected',
      erp: 'nothing',
      oa: 'accepted under-review rejected',
    });
  });
});

/** Above what a day in town may cost. */
function dearClaim() {
  const { claim } = event;
  const taxi = { category: 'transport', amount: '380.00', units: 1 };
  return claimEvent({
    claim: {
      lines: claim.lines.map((line) => ({ ...line, ...taxi })),
      receipts: claim.receipts.map((receipt) => ({ ...receipt, amount: '380.00' })),
      total: '380.00',
    },
  });
}
