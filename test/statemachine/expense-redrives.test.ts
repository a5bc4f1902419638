import { describe, expect, it } from 'vitest';
import { EXPENSE } from '../../functions/expenses/domain/expense.ts';
import { claimEvent } from '../support/expense-company.ts';
import { handInExpense } from '../support/expense-end.ts';
import { ExpenseWorld } from '../support/expense-world.ts';
import { machineArn } from '../support/machines.ts';
import { redriveFailed } from '../support/redrive.ts';

const event = claimEvent();
const MACHINE = machineArn(EXPENSE.kind);

/** A world in which a function is refused for good while `isDown` says so. */
function worldWithout(functionName: string, isDown: () => boolean): ExpenseWorld {
  return new ExpenseWorld({ fault: (_, name) => (name === functionName && isDown() ? 'refused' : undefined) });
}

describe('the execution of an expense claim that fails', () => {
  it('over an event that cannot be registered leaves nothing behind', async () => {
    const world = new ExpenseWorld();
    await world.startExecution({ ...event, oa: { system: 'demo-oa' } });

    expect(world.engine.executions()).toMatchObject([{ status: 'FAILED', error: 'ValidationError' }]);
    const unfit = ['RegisterRequest: event.oa.requestId: Invalid input: expected string, received undefined'];
    await handInExpense(world, event, { record: 'nothing', erp: 'nothing', oa: 'nothing' }, unfit);
  });

  it('before there is a process is begun again by a redrive', async () => {
    let isDown = true;
    const world = worldWithout('RegisterRequest', () => isDown);
    await world.submit(event);
    isDown = false;

    await redriveFailed(world, MACHINE);

    await handInExpense(world, event, { record: '(Expense approval)', erp: 'nothing', oa: 'accepted' });
  });

  it.each([
    ['because not even the operators can be asked', 'RouteExpense'],
    ["because the operators' question cannot be opened", 'OpenLevel'],
  ])('%s goes on with asking them after a redrive', async (_, functionName) => {
    let isDown = true;
    const world = worldWithout(functionName, () => isDown);
    await world.submit(event);
    await world.advance(3);
    isDown = false;

    await redriveFailed(world, MACHINE);
    await world.decide('operators', 'retry');

    await handInExpense(world, event, {
      record: '!RouteApproval retry (Expense approval)',
      erp: 'nothing',
      oa: 'accepted',
    });
  });
});
