import { describe, expect, it, vi } from 'vitest';
import { createWaitClock } from '../../functions/calendar/wait-clock.ts';
import { decideCase } from '../../functions/compliance/decide-case.ts';
import type { CaseState } from '../../functions/compliance/domain/case-state.ts';
import { caseIdOf } from '../../functions/compliance/domain/finding.ts';
import { compareBooks } from '../../functions/reconciliation/compare-books.ts';
import type { BooksReport } from '../../functions/reconciliation/port.ts';
import { BusinessRuleError } from '../../functions/runtime/errors.ts';
import { companyCalendar } from '../support/company-calendar.ts';
import { OFFICER, openCasesIn } from '../support/compliance.ts';
import { FakeAuditor } from '../support/fake-auditor.ts';
import { filesIn, PayrollWorld } from '../support/payroll-world.ts';
import { COMPANY, companyPolicies } from '../support/purchase-company.ts';

const NOVEMBER = '2025-11';
const EMPLOYEE = 'E-1001';
const SICK_DAY = { date: '2025-11-12', hours: '8' };

/** A world whose November was handed over, paid and confirmed. */
async function afterNovember() {
  const world = new PayrollWorld();
  await world.begin({ period: NOVEMBER });
  await world.settle();
  return world;
}

/** The run is compared on demand until nothing waits, with its second look; gives the open cases. */
async function compared(world: PayrollWorld, correctedMonths = 0) {
  const deps = world.pageDeps();
  const queue: BooksReport[] = [];
  const all = {
    ...deps,
    ...{ policies: companyPolicies, waitClock: createWaitClock(undefined, COMPANY.timeZone) },
    ...{ erp: world.erp, ledger: world.ledger, time: world.time },
    books: new FakeAuditor({ erp: world.erp, ledger: world.ledger, clock: deps.clock, pageSize: 100 }),
    queue: { send: async (reports: readonly BooksReport[]) => void queue.push(...reports) },
    payroll: {
      ...{ files: filesIn(world.bucket), calendar: companyCalendar, timeZone: COMPANY.timeZone },
      correctedMonths,
    },
  };
  await compareBooks(all, { kind: 'process', processId: world.runId, seen: [] });
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    await compareBooks(all, JSON.parse(JSON.stringify(next.detail)));
  }
  await world.run();
  const states = (await openCasesIn(world.store)).map(({ state }) => state);
  return states.sort((one, other) => (one.subject < other.subject ? -1 : 1));
}

async function closeEach(world: PayrollWorld, cases: readonly CaseState[]): Promise<void> {
  for (const one of cases) {
    const order = { caseId: caseIdOf(one), by: OFFICER, decision: 'close', reason: 'Paid by hand' } as const;
    expect(await decideCase(world.pageDeps(), order)).toBe('done');
  }
}

describe('a closed run of payroll', () => {
  it('that agrees with requests, attendance and payslips raises no case', async () => {
    expect(await compared(await afterNovember())).toEqual([]);
  });

  it('names what changed after payroll was given it, with both values and the safe fix, once', async () => {
    const world = await afterNovember();
    world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
    const cases = await compared(world);

    const facts = cases.map((one) => one.facts);
    expect(facts).toHaveLength(3);
    expect(facts).toEqual(
      expect.arrayContaining([
        {
          document: EMPLOYEE,
          field: 'leave-hours',
          part: 'sick',
          expected: '2025-11-12: 0',
          found: '2025-11-12: 8',
          fix: 'restore',
        },
        { document: EMPLOYEE, field: 'paid-hours', part: 'sick', expected: '8', found: '0', fix: 'correct-pay' },
        { document: EMPLOYEE, field: 'paid-hours', part: 'worked', expected: '152', found: '160', fix: 'correct-pay' },
      ]),
    );
    expect(cases.map(({ detector, processIds }) => [detector, processIds])).toEqual(
      cases.map(() => ['books-differ', [world.runId]]),
    );
    expect(await compared(world)).toHaveLength(3);
  });

  it('that differs again in the same way, after it was set right and somebody decided, is found anew', async () => {
    const world = await afterNovember();
    world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
    const cases = await compared(world);
    await closeEach(world, cases);
    expect(await compared(world)).toEqual([]);

    // What cannot be read is not set right.
    const reading = vi.spyOn(world.time, 'absencesOf');
    reading.mockRejectedValue(new BusinessRuleError('unknown-employee', 'nobody of that id'));
    const unreadable = await compared(world);
    expect(unreadable.map(({ facts }) => facts.field)).toContain('attendance');
    await closeEach(world, unreadable);
    reading.mockRestore();
    expect(await compared(world)).toEqual([]);

    world.time.takeOut(EMPLOYEE, SICK_DAY.date);
    expect(await compared(world)).toEqual([]);
    world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);

    const again = await compared(world);
    expect(again.map(({ facts }) => facts.earlierCase).sort()).toEqual(cases.map(caseIdOf).sort());
    expect(await compared(world)).toHaveLength(3);
  });

  it('is left to the next run while that one still corrects the month', async () => {
    const world = await afterNovember();
    world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);

    expect(await compared(world, 1)).toEqual([]);
  });

  it('says nothing of what an operator has taken as it was', async () => {
    const world = new PayrollWorld();
    world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
    await world.begin({ period: NOVEMBER });
    await world.settleDifference('skip', EMPLOYEE);
    await world.settle();

    expect(await compared(world)).toEqual([]);
  });

  it('that is still on its way is not compared', async () => {
    const world = new PayrollWorld();
    await world.begin({ period: NOVEMBER });
    world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);

    expect(await compared(world)).toEqual([]);
  });
});
