import { describe, expect, it } from 'vitest';
import { recordEmployeePayment } from '../../functions/expenses/record-employee-payment.ts';
import { claimEvent } from '../support/expense-company.ts';
import { ExpenseWorld, MANAGER } from '../support/expense-world.ts';

const event = claimEvent();

/** What stands in the books: entries that were not taken back. */
function standing(world: ExpenseWorld) {
  return world.ledger.allEntries().filter(({ reversedBy }) => reversedBy === undefined);
}

async function approved(world: ExpenseWorld): Promise<ExpenseWorld> {
  await world.submit(event);
  await world.approve();
  return world;
}

describe('an expense claim', () => {
  it('that is approved is posted once, paid once, and closed as paid', async () => {
    const world = await approved(new ExpenseWorld());
    await world.settle();

    expect((await world.head(event)).outcome).toBe('paid');
    expect(world.told()).toEqual(['accepted', 'posted', 'paid']);
    expect(standing(world)).toHaveLength(1);
    expect(world.ledger.allEmployeePayments()).toMatchObject([
      { amount: { amount: '180.00', currency: 'CNY' }, state: 'completed' },
    ]);
    expect(await world.damages(event)).toEqual([]);
  });

  it('that an advance covers is posted, and nothing is paid', async () => {
    const world = new ExpenseWorld();
    world.ledger.advances.set('E-1001', '500.00');
    await approved(world);

    expect((await world.head(event)).outcome).toBe('settled');
    expect(world.told()).toEqual(['accepted', 'posted', 'settled']);
    expect(standing(world)).toHaveLength(1);
    expect(world.ledger.allEmployeePayments()).toEqual([]);
  });

  it('that an advance covers in part pays the rest', async () => {
    const world = new ExpenseWorld();
    world.ledger.advances.set('E-1001', '100.00');
    await approved(world);

    expect(world.ledger.allEmployeePayments()).toMatchObject([{ amount: { amount: '80.00', currency: 'CNY' } }]);
  });

  it('of somebody who has left is refused', async () => {
    const world = new ExpenseWorld();
    await world.submit(claimEvent({ employeeId: 'E-1003' }));

    expect((await world.head(event)).outcome).toBe('refused');
    expect(world.told()).toEqual(['refused']);
  });

  it('is not told of payments of entries that no claim made', async () => {
    const world = await approved(new ExpenseWorld());
    const before = await world.entryTypes(event);

    expect(await recordEmployeePayment({ ...world.decisionDeps(), ledger: world.ledger }, 'JE-99')).toBe('not-ours');
    expect(await world.entryTypes(event)).toEqual(before);
  });

  it('that is rejected leaves nothing in the books', async () => {
    const world = new ExpenseWorld();
    await world.submit(event);
    await world.decide(MANAGER, 'reject', 'Not for the business');

    expect((await world.head(event)).outcome).toBe('rejected');
    expect(world.ledger.allEntries()).toEqual([]);
  });

  it('that nobody decides expires', async () => {
    const world = new ExpenseWorld();
    await world.submit(event);
    await world.advance(24 * 40);

    expect((await world.head(event)).outcome).toBe('expired');
    expect(world.ledger.allEntries()).toEqual([]);
  });

  it('can be withdrawn before it is posted', async () => {
    const world = new ExpenseWorld();
    await world.submit(event);

    expect(await world.withdraw(event)).toBe('withdrawn');
    expect((await world.head(event)).outcome).toBe('withdrawn');
    expect(world.ledger.allEntries()).toEqual([]);
  });

  it('cannot be withdrawn once it is in the books', async () => {
    const world = await approved(new ExpenseWorld());

    expect(await world.withdraw(event)).toBe('refused');
    await world.settle();
    expect((await world.head(event)).outcome).toBe('paid');
    expect(world.told()).toEqual(['accepted', 'posted', 'withdrawal-refused', 'paid']);
  });

  it('is approved by nobody for themselves: the manager’s own claim goes to their manager', async () => {
    const world = new ExpenseWorld();
    await world.submit(claimEvent({ employeeId: MANAGER }));

    expect(await world.lastAsked()).not.toBe(MANAGER);
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
    expect((await world.head(dear)).outcome).toBe('paid');
  });

  it('whose findings a reviewer rejects ends there', async () => {
    const world = new ExpenseWorld();
    await world.submit(dearClaim());
    await world.decide(await world.lastAsked(), 'reject', 'There are buses');

    expect((await world.head(event)).outcome).toBe('rejected');
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
