import { describe, expect, it } from 'vitest';
import { clockTime } from '../../../functions/calendar/domain/worked-time.ts';
import { CHANGE } from '../../../functions/engineering/domain/change-process.ts';
import { EXPENSE } from '../../../functions/expenses/domain/expense.ts';
import { courseOf } from '../../../functions/insight/domain/course.ts';
import { COURSE_KINDS, PHASES } from '../../../functions/insight/domain/course-phases.ts';
import { REPLENISHMENT_KIND } from '../../../functions/inventory/domain/replenishment.ts';
import { OFFICE } from '../../../functions/office/domain/office-process.ts';
import { phaseText } from '../../../functions/pages/words.ts';
import { DIFFERENCE_KIND } from '../../../functions/payroll/domain/difference-process.ts';
import { PAYROLL_KIND } from '../../../functions/payroll/domain/payroll-run.ts';
import { PAYSLIP_KIND } from '../../../functions/payslips/domain/payslip-process.ts';
import { LEAVE } from '../../../functions/people/domain/leave-process.ts';
import { PURCHASE } from '../../../functions/procurement/domain/purchase.ts';
import { LeaveWorld, leaveEvent } from '../../support/leave-world.ts';
import type { MemoryStore } from '../../support/memory-store.ts';
import { PayrollWorld } from '../../support/payroll-world.ts';
import { PAPER, ReplenishmentWorld } from '../../support/replenishment-world.ts';

/** The phases of every process of a store, as the record says them and as its head had them. */
async function phasesOf(store: MemoryStore) {
  const processes = [...store.phases.entries()];
  const read = await Promise.all(
    processes.map(async ([processId]) => {
      const course = courseOf(await store.readRecord(processId), clockTime);
      return [processId, course?.phases.map(({ phase }) => phase)] as const;
    }),
  );
  const known = read.filter(([, phases]) => phases !== undefined);
  const ids = new Set(known.map(([processId]) => processId));
  return { read: known, truth: processes.filter(([processId]) => ids.has(processId)) };
}

describe('the phases of a course', () => {
  it('are those of a replenishment and of its purchase', async () => {
    const world = new ReplenishmentWorld();
    await world.fallShort(PAPER, '160');
    await world.approveAll(PAPER, 'Order approval');
    await world.deliverAndPay(PAPER);

    const { read, truth } = await phasesOf(world.store);
    expect(read.length).toBeGreaterThan(1);
    expect(read).toEqual(truth);
  });

  it('are those of a payroll run and of its payslips', async () => {
    const world = new PayrollWorld();
    await world.begin();
    await world.payrollAnswers();

    const { read, truth } = await phasesOf(world.store);
    expect(read.length).toBeGreaterThan(3);
    expect(read).toEqual(truth);
  });

  it('end a leave that came and went without anything being late', async () => {
    const world = new LeaveWorld();
    const event = leaveEvent();
    await world.submit(event);
    await world.approve();
    await world.advance(24 * 70);

    const course = courseOf(await world.record(event), clockTime);
    expect(course).toMatchObject({ outcome: 'granted', exceptions: [], isFirstPass: true });
    expect(course?.nodes.slice(-2).map(({ key, outcome, isOverdue }) => [key, outcome, isOverdue])).toEqual([
      ['wait/leave-start', 'reached', false],
      ['wait/leave-end', 'reached', false],
    ]);
  });

  it('all have words for people', () => {
    expect(PHASES.filter((phase) => phaseText(phase).zh === phase)).toEqual([]);
  });

  it('are of every kind of process that there is', () => {
    expect([...COURSE_KINDS].sort()).toEqual(
      [
        PURCHASE.kind,
        EXPENSE.kind,
        LEAVE.kind,
        OFFICE.kind,
        CHANGE.kind,
        REPLENISHMENT_KIND,
        PAYROLL_KIND,
        DIFFERENCE_KIND,
        PAYSLIP_KIND,
      ].sort(),
    );
  });
});
