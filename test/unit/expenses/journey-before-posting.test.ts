/** A journey that is taken back while people decide about what it cost. */
import { describe, expect, it } from 'vitest';
import { changedJourneys } from '../../../functions/expenses/domain/changed-journeys.ts';
import { claimEvent, line } from '../../support/expense-company.ts';
import { ExpenseWorld } from '../../support/expense-world.ts';
import { LeaveWorld, leaveEvent } from '../../support/leave-world.ts';

const journey = leaveEvent({
  requestId: 'LV-1',
  leave: { kind: 'travel', destination: 'Suzhou', from: '2026-01-06', to: '2026-01-06' },
});
/** The ticket was bought before: whoever judges it knows that. */
const claim = claimEvent({
  claim: { lines: [line({ category: 'travel', date: '2026-01-05', units: 1, journey: 'LV-1' })] },
});

async function inApproval() {
  const leave = new LeaveWorld();
  await leave.submit(journey);
  await leave.approve();
  const expense = new ExpenseWorld({ planted: { store: leave.store } });
  await expense.advance(24 * 4);
  await expense.submit(claim);
  await expense.decide(await expense.lastAsked(), 'accept', 'The ticket was bought before');
  return { leave, expense };
}

describe('what changed of a journey since the check of its claim', () => {
  const limit = { perUnit: '100', receiptAbove: '0', maxAgeDays: 90, overLimit: 'return', unit: 'day' } as const;
  const filed = claimEvent({
    claim: { lines: [line({ category: 'travel', date: '2026-01-05', units: 3, journey: 'LV-1' })] },
  }).claim;
  const now = (days: { from: string; to: string }, mostUnits: number) => ({
    journeys: new Map([['LV-1', days]]),
    limits: new Map([['travel', { ...limit, mostUnits, needsJourney: true }]]),
  });

  it('is nothing where only the limit of the units was lowered', () => {
    expect(changedJourneys(filed, [], now({ from: '2026-01-05', to: '2026-01-07' }, 1))).toEqual([]);
  });

  it('is that it is shorter now than what is claimed of it', () => {
    expect(changedJourneys(filed, [], now({ from: '2026-01-05', to: '2026-01-06' }, 9))).toMatchObject([
      { code: 'too-many-units' },
    ]);
  });
});

describe('the journey of a claim that is approved', () => {
  it('is asked for again before anything is posted: where it was taken back, operators are told, and nothing is in the books', async () => {
    const { leave, expense } = await inApproval();
    await leave.withdraw(journey);
    await expense.approve();

    const head = await expense.head(claim);
    expect(head.phase).toBe('Waiting for an operator');
    const failed = (await expense.record(claim)).find(({ type }) => type === 'StepFailed');
    expect(failed?.facts.cause).toContain('LV-1 is no approved journey');
    expect(expense.ledger.allEntries()).toEqual([]);

    await expense.decide('operators', 'cancel', 'He never went');
    expect((await expense.head(claim)).outcome).toBe('cancelled');
  });

  it('that stands as it was is posted, with what a reviewer accepted of it', async () => {
    const { expense } = await inApproval();
    await expense.approve();

    expect(expense.ledger.allEntries()).toHaveLength(1);
  });
});
