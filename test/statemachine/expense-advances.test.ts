import { describe, expect, it } from 'vitest';
import { claimEvent, line, receipt } from '../support/expense-company.ts';
import { ExpenseWorld, MANAGER } from '../support/expense-world.ts';

const first = claimEvent();
const second = claimEvent({
  requestId: 'EX-2',
  claim: {
    lines: [line({ category: 'transport', units: 1 })],
    receipts: [receipt({ number: '24312000000087654321' })],
  },
});

/** An advance of 200 CNY for one who claims 180 twice; the first claim's posting is asked of an ERP that is down. */
async function postingInDoubt(): Promise<ExpenseWorld> {
  const world = new ExpenseWorld();
  world.ledger.advances.set('E-1001', '200.00');
  world.ledger.fault = (operation) => (operation === 'postEntry' ? 'down' : undefined);
  await world.submit(first);
  await world.decide(MANAGER, 'approve');
  await world.giveUpRetrying();
  world.ledger.fault = () => undefined;
  return world;
}

async function approveSecond(world: ExpenseWorld): Promise<void> {
  await world.submit(second);
  await world.decide(MANAGER, 'approve');
}

describe('the advance of an employee', () => {
  it('is set off once, though the books do not show yet what another claim asked for', async () => {
    const world = await postingInDoubt();
    await approveSecond(world);
    await world.decide('operators', 'retry');

    expect((await world.head(first)).state.journal).toMatchObject({
      setOff: { amount: '180.00' },
      owed: { amount: '0.00' },
    });
    expect((await world.head(second)).state.journal).toMatchObject({
      setOff: { amount: '20.00' },
      owed: { amount: '160.00' },
    });
    expect(await world.ledger.openAdvance('E-1001', '1221')).toBe('0');
  });

  it('is there for the next claim when the one that asked for it is given up', async () => {
    const world = await postingInDoubt();
    await world.decide('operators', 'cancel', 'The ERP is down for the week');
    await approveSecond(world);

    expect((await world.head(second)).state.journal).toMatchObject({ setOff: { amount: '180.00' } });
  });

  it('that the books show as set off is not set off again', async () => {
    const world = new ExpenseWorld();
    world.ledger.advances.set('E-1001', '200.00');
    await world.submit(first);
    await world.decide(MANAGER, 'approve');
    await approveSecond(world);

    expect((await world.head(second)).state.journal).toMatchObject({ setOff: { amount: '20.00' } });
  });
});
