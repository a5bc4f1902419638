import { describe, it } from 'vitest';
import { claimEvent } from '../support/expense-company.ts';
import { handInExpense } from '../support/expense-end.ts';
import { ExpenseWorld } from '../support/expense-world.ts';
import { failingAtFirst, RETRIED_ERRORS } from '../support/failing-at-first.ts';
import { fileWinding, seeThrough, wrongEvent } from './expense-stories.ts';

const event = claimEvent();

describe.each(RETRIED_ERRORS)('a claim of which every call fails with %s at first', (error) => {
  it('is paid, whatever it waits for on its way', async () => {
    const world = new ExpenseWorld(failingAtFirst(error));

    await fileWinding(world);
    await seeThrough(world);

    await handInExpense(world, wrongEvent, {
      record: 'accept approve paid',
      erp: 'JE-1 stands 380, EP-1 completed 380.00',
      oa: 'returned accepted under-review approved posted payment-requested paid',
    });
  });

  it('is given up by an operator when it cannot be posted', async () => {
    const world = new ExpenseWorld(failingAtFirst(error));
    world.ledger.fault = (operation) => (operation === 'postEntry' ? 'refuses' : undefined);
    await world.submit(event);
    await world.approve();

    await world.decide('operators', 'cancel', 'The entity is closed');

    await handInExpense(world, event, {
      record: 'approve !PostEntry cancel cancelled',
      erp: 'nothing',
      oa: 'accepted approved cancelled',
    });
  });
});
