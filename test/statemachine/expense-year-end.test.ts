/** Claims that are checked in one year and approved in the next. */
import { describe, expect, it } from 'vitest';
import type { Policies } from '../../functions/policy/port.ts';
import { claimEvent, line, receipt } from '../support/expense-company.ts';
import { handInExpense } from '../support/expense-end.ts';
import { ExpenseWorld } from '../support/expense-world.ts';
import { companyPolicies } from '../support/purchase-company.ts';

const event = claimEvent({
  claim: { lines: [line({ date: '2026-12-29' })], receipts: [receipt({ date: '2026-12-29' })] },
});

/** Checked on 30 December 2026, approved on 2 January 2027. */
async function approvedNextYear(policies?: Policies) {
  const world = new ExpenseWorld(policies === undefined ? {} : { policies });
  await world.advance(hoursUntil(world, '2026-12-30T02:00:00Z'));
  await world.submit(event);
  await world.advance(hoursUntil(world, '2027-01-02T02:00:00Z'));
  await world.approve();
  return world;
}

function hoursUntil(world: ExpenseWorld, time: string): number {
  return (Date.parse(time) - world.decisionDeps().clock.now().getTime()) / 3_600_000;
}

async function lastCause(world: ExpenseWorld) {
  return (await world.record(event)).findLast(({ type }) => type === 'StepFailed')?.facts.cause;
}

describe('a claim whose approval took it into the next year', () => {
  it('is posted in it once operators, who are asked, try again', async () => {
    const world = await approvedNextYear();

    expect(world.ledger.allEntries()).toEqual([]);
    expect(await lastCause(world)).toContain('2026-12-29 would be posted in 2027');
    await world.decide('operators', 'retry');
    await world.settle();

    expect(world.ledger.allEntries()).toMatchObject([{ date: '2027-01-02' }]);
    await handInExpense(world, event, {
      record: 'approve !PostEntry retry paid',
      erp: 'JE-1 stands 180, EP-1 completed 180.00',
      oa: 'accepted approved posted payment-requested paid',
    });
  });

  it('is given up with nothing in the books where they say so', async () => {
    const world = await approvedNextYear();
    await world.decide('operators', 'cancel', 'Accounting has closed 2026');

    await handInExpense(world, event, {
      record: 'approve !PostEntry cancel cancelled',
      erp: 'nothing',
      oa: 'accepted approved cancelled',
    });
  });

  it('is not posted at all where the table of the company returns such claims', async () => {
    const world = await approvedNextYear({ ...companyPolicies, findingBecomes: async () => 'return' });
    await world.decide('operators', 'retry');

    expect(world.ledger.allEntries()).toEqual([]);
    expect(await lastCause(world)).toContain('give the claim up');
  });
});
