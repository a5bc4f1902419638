/** Claims that the tests of ways through the machine tell, and people who see a claim through whatever comes. */
import { placeHold, releaseHolds } from '../../functions/process/hold-process.ts';
import { claimEvent, line, receipt } from '../support/expense-company.ts';
import type { ExpenseWorld } from '../support/expense-world.ts';

/** Returned by the checks: its total is not the sum of its lines. */
export const wrongEvent = claimEvent({ claim: { total: '1.00' } });

/** Above what a day in town may cost, so that a reviewer judges it. */
const DEAR = {
  lines: [line({ category: 'transport', amount: '380.00', units: 1 })],
  receipts: [receipt({ amount: '380.00' })],
  total: '380.00',
};

/** The claim that visits every state in which somebody or something is waited for; nothing has failed yet. */
export async function fileWinding(world: ExpenseWorld): Promise<void> {
  await world.submit(wrongEvent);
  await placeHold(world.decisionDeps(), await holdOrder(world));
}

/**
 * Whoever is waited for does their part, until the claim has ended: employees mend, reviewers and managers say yes, operators
 * try again, holds are released, the bank pays.
 */
export async function seeThrough(world: ExpenseWorld): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    if ((await world.head(wrongEvent)).status === 'ended') {
      return;
    }
    await doNextPart(world);
  }
  throw new Error(`the claim does not end: ${(await world.head(wrongEvent)).phase}`);
}

const MOST_TURNS = 15;

/** Whoever the winding claim waits for does their part. */
export async function doNextPart(world: ExpenseWorld): Promise<void> {
  const { phase } = await world.head(wrongEvent);
  switch (phase) {
    case 'Rework':
      await world.resubmit(wrongEvent, { changes: DEAR });
      return;
    case 'Expense review':
      await world.decide(await world.lastAsked(), 'accept', 'There was no other way home');
      return;
    case 'Expense approval':
      await world.approve();
      return;
    case 'Waiting for an operator':
      await world.decide('operators', 'retry');
      return;
    case 'On hold':
      await releaseHolds(world.decisionDeps(), await holdOrder(world));
      await world.run();
      return;
    case 'Payment':
      await world.settle();
      return;
    default:
      throw new Error(`nobody is waited for in the phase ${phase}`);
  }
}

/** For placing a hold on the claim, and for releasing it. */
export async function holdOrder(world: ExpenseWorld, event = wrongEvent) {
  return { processId: (await world.head(event)).processId, by: 'compliance', reason: 'To be looked at' };
}
