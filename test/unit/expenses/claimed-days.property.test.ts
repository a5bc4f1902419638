/** Claims of one employee for the same days, checked in the same instant. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkExpense } from '../../../functions/expenses/check-claim.ts';
import { EXPENSE, type ExpenseState } from '../../../functions/expenses/domain/expense.ts';
import { filedSchema } from '../../../functions/requests/domain/request.ts';
import { readRequest } from '../../../functions/requests/read-request.ts';
import { registerRequest } from '../../../functions/requests/register-request.ts';
import { claimEvent, line } from '../../support/expense-company.ts';
import { BOOKED_ENTITIES } from '../../support/expense-functions.ts';
import { ExpenseWorld } from '../../support/expense-world.ts';
import { interleaved } from '../../support/interleaved-store.ts';
import { COMPANY, companyPolicies } from '../../support/purchase-company.ts';

/** Days of which one employee of no grade may claim 150 a day for meals, and 50 of it without a receipt. */
const DAYS = ['2025-12-30', '2025-12-31', '2026-01-01'];

const anyClaim = fc
  .array(fc.record({ date: fc.constantFrom(...DAYS), amount: fc.integer({ min: 1, max: 50 }) }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((lines) => lines.map(({ date, amount }) => ({ date, amount: `${amount}.00` })));

function filed(lines: readonly { readonly date: string; readonly amount: string }[], requestId: string) {
  const total = String(lines.reduce((sum, { amount }) => sum + Number(amount), 0));
  const claim = { lines: lines.map((one) => line({ ...one, units: 1, receiptIds: [] })), receipts: [], total };
  return claimEvent({ requestId, claim });
}

describe('claims of one employee at once', () => {
  it('never have more of a day together than one of them may have', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyClaim, { minLength: 2, maxLength: 3 }),
        fc.scheduler(),
        async (claims, scheduler) => {
          const world = new ExpenseWorld();
          const deps = world.decisionDeps();
          const events = claims.map((lines, index) => filed(lines, `EX-${index}`));
          const ids = [];
          for (const { oa, requester, claim, metadata } of events) {
            const { processId } = await registerRequest(deps, EXPENSE, {
              ...{ executionId: `run-${oa.requestId}`, oa, requesterId: requester.employeeId },
              ...{ filed: filedSchema.parse(claim), eventId: metadata.eventId },
            });
            ids.push(processId);
          }
          const checked = {
            ...{ ...deps, store: interleaved(world.store, scheduler), erp: world.erp, files: world.files },
            ...{ policies: companyPolicies, company: COMPANY, taxIds: {}, bookedEntities: BOOKED_ENTITIES },
            ...{ rulePolicy: { fatal: 'return', warning: 'review' } as const },
          };

          await scheduler.waitFor(Promise.all(ids.map((processId) => checkExpense(checked, processId))));

          const heads = await Promise.all(ids.map((processId) => readRequest<ExpenseState>(deps, processId)));
          const gone = heads.filter(({ state }) => state.check !== undefined);
          for (const day of DAYS) {
            const lines = gone.flatMap(({ state }) => state.claim?.lines ?? []).filter(({ date }) => date === day);
            expect(lines.reduce((sum, { amount }) => sum + Number(amount), 0)).toBeLessThanOrEqual(50);
          }
          // Whoever is alone within the limits is never turned away by the others' failure: one at least goes on where each could.
          const couldAll = claims.every((lines) => DAYS.every((day) => totalOf(lines, day) <= 50));
          expect(gone.length).toBeGreaterThanOrEqual(couldAll ? 1 : 0);
        },
      ),
      { numRuns: 40 },
    );
  });
});

function totalOf(lines: readonly { readonly date: string; readonly amount: string }[], day: string): number {
  return lines.filter(({ date }) => date === day).reduce((sum, { amount }) => sum + Number(amount), 0);
}

describe('what a claim has of a day', () => {
  const first = filed([{ date: '2026-01-01', amount: '40.00' }], 'EX-1');
  const second = filed([{ date: '2026-01-01', amount: '11.00' }], 'EX-2');

  it('is not there for the next one of the employee, who is told so', async () => {
    const world = new ExpenseWorld();
    await world.submit(first);
    await world.submit(second);

    expect((await world.head(second)).phase).toBe('Rework');
    expect(world.notices.at(-1)?.text.en).toContain(
      '51 CNY of this day has no receipt, 40 CNY of it in other claims, and above 50 it needs one',
    );
  });

  it('is there for it when the first claim is withdrawn, and for that claim itself when it is sent again', async () => {
    const world = new ExpenseWorld();
    await world.submit(first);
    await world.returnIt('E-2001', 'Which one?');
    await world.resubmit(first);
    expect((await world.head(first)).phase).toBe('Expense approval');

    await world.withdraw(first);
    await world.submit(second);
    expect((await world.head(second)).phase).toBe('Expense approval');
  });

  it('stays taken once it is paid', async () => {
    const world = new ExpenseWorld();
    await world.submit(first);
    await world.approve();
    await world.settle();
    await world.submit(second);

    expect((await world.head(second)).phase).toBe('Rework');
  });

  it('is no business of a colleague', async () => {
    const world = new ExpenseWorld();
    await world.submit(first);
    await world.submit({ ...second, requester: { employeeId: 'E-1002' } });

    expect((await world.head(second)).phase).toBe('Expense approval');
  });
});
