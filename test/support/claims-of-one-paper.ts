/** Two claims of one paper at once, whatever it is known by. */
import { expect } from 'vitest';
import type { ExpenseClaimSubmitted } from '../../functions/events/expense-claim-submitted.ts';
import type { ExpenseWorld } from './expense-world.ts';

/** Files them in the same instant: one goes on, and the employee of the other is told why it came back. */
export async function expectOneOfThem(world: ExpenseWorld, events: readonly ExpenseClaimSubmitted[]): Promise<void> {
  await Promise.all(events.map((event) => world.start(event)));
  await world.run();

  const phases = await Promise.all(events.map(async (event) => (await world.head(event)).phase));
  expect(phases.toSorted()).toEqual(['Expense approval', 'Rework']);
  const returned = world.notices.find(({ status }) => status === 'returned');
  expect(returned?.text.en).toContain('stands on another claim already');
}
