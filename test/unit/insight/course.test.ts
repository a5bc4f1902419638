import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockTime } from '../../../functions/calendar/domain/worked-time.ts';
import { courseOf } from '../../../functions/insight/domain/course.ts';
import type { ReadEntry } from '../../../functions/insight/domain/facts.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';

type Event = ReturnType<typeof requisitionEvent>;

/** The course of what is recorded of a purchase, and the phase that the process says it is in. */
async function courseIn(world: PurchaseWorld, event: Event) {
  const course = courseOf(await world.record(event), clockTime);
  if (course === undefined) {
    throw new Error('there is no course');
  }
  return { course, phase: (await world.head(event)).phase };
}

async function paidPurchase() {
  const world = new PurchaseWorld();
  const event = requisitionEvent();
  await world.submit(event);
  await world.advance(3);
  await world.decide('E-2001', 'approve');
  await world.advance(20);
  await world.decide('E-3001', 'approve');
  await world.advance(48);
  world.erp.receiveGoods('PO-1');
  await world.poll();
  await world.advance(24);
  world.erp.enterInvoice('PO-1');
  await world.poll();
  await world.advance(2);
  await world.decide('E-4002', 'approve');
  await world.advance(12);
  world.erp.confirmPayment('PAY-1');
  await world.poll();
  return { world, event };
}

function entry(sequence: number, type: string, occurredAt: string, facts = {}): ReadEntry {
  const actor = { kind: 'meridian', id: 'approvals' } as const;
  return { processId: 'P2P-1', sequence, type, occurredAt, actor, facts };
}

describe('the course of a purchase', () => {
  it('has its phases and nodes with the time that each took', async () => {
    const { world, event } = await paidPurchase();
    const { course } = await courseIn(world, event);

    expect(course).toMatchObject({
      kind: 'procure-to-pay',
      requesterId: 'E-1001',
      requestId: 'PR-1',
      costCentre: 'CC-100',
      supplierCode: 'SUP-001',
      amount: { amount: '5960.00', currency: 'CNY' },
      legalEntities: ['CN01'],
      outcome: 'paid',
      isFirstPass: true,
      exceptions: [],
    });
    expect(Math.round((course.elapsedMs ?? 0) / 3_600_000)).toBe(109);
    expect(course.phases.map(({ phase, elapsedMs }) => [phase, hours(elapsedMs)])).toEqual([
      ['Registration', 0],
      ['Validation', 0],
      ['Order approval', 23],
      ['Order', 0],
      ['Goods receipt', 48],
      ['Supplier invoice', 24],
      ['Payment approval', 2],
      ['Payment', 12],
      ['Closed', undefined],
    ]);
    expect(course.nodes.map(({ key, elapsedMs, outcome }) => [key, hours(elapsedMs), outcome])).toEqual([
      ['step/RequisitionValidated', 0, 'done'],
      ['step/RequisitionEnriched', 0, 'done'],
      ['approval/order/Manager', 3, 'approve'],
      ['approval/order/Department head', 20, 'approve'],
      ['step/Order', 0, 'done'],
      ['wait/goods-receipt', 48, ''],
      ['wait/supplier-invoice', 24, ''],
      ['step/InvoicesMatched', 0, 'done'],
      ['approval/payment/Payment approval', 2, 'approve'],
      ['step/Payment', 0, 'done'],
      ['wait/payment', 12, ''],
    ]);
    expect(course.steps).toEqual({ all: 11, automatic: 5 });
    expect(course.nodes.flatMap(({ voices }) => voices.map(({ employeeId }) => employeeId))).toEqual([
      'E-2001',
      'E-3001',
      'E-4002',
    ]);
  });

  it('is in the phase that the process says it is in, at each of its steps', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    const seen: string[] = [];
    const look = async () => {
      const { course, phase } = await courseIn(world, event);
      expect(course.phases.at(-1)?.phase).toBe(phase);
      seen.push(phase);
    };
    await world.submit(event);
    await look();
    await world.returnIt('E-2001');
    await world.run();
    await look();
    await world.resubmit(event, { changes: { title: 'Fewer chairs' } });
    await look();
    await world.approveOrder();
    await look();
    world.erp.receiveGoods('PO-1');
    await world.poll();
    await look();
    world.erp.enterInvoice('PO-1');
    await world.poll();
    await look();
    await world.pay();
    await look();
    expect(new Set(seen).size).toBe(6);
  });

  it('counts what was returned as rework, and the second round as a second visit', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    await world.submit(event);
    await world.advance(1);
    await world.returnIt('E-2001');
    await world.run();
    await world.advance(5);
    await world.resubmit(event, { changes: { title: 'Fewer chairs' } });

    const { course } = await courseIn(world, event);
    expect(course.rework).toEqual({ returned: 1, returnedByCheck: 0, backToLevel: 0, corrections: 0 });
    expect(course.isFirstPass).toBe(false);
    expect(
      course.nodes
        .filter(({ kind }) => kind !== 'step')
        .map(({ key, version, elapsedMs, outcome }) => [key, version, hours(elapsedMs), outcome]),
    ).toEqual([
      ['approval/order/Manager', 1, 1, 'return'],
      ['wait/rework', 1, 5, ''],
      ['approval/order/Manager', 2, undefined, ''],
    ]);
  });

  it('tells a step that failed, the question to the operators, and the step again', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    await world.submit(event);
    world.erp.fault = (operation) => (operation === 'createOrder' ? 'refuses' : undefined);
    await world.approveOrder();
    world.erp.fault = () => undefined;
    await world.advance(4);
    await world.decide('operators', 'retry');

    const { course } = await courseIn(world, event);
    expect(course.exceptions).toMatchObject([{ kind: 'failure', about: 'CreateOrder' }]);
    const operator = course.nodes.find(({ kind }) => kind === 'operator');
    expect(operator).toMatchObject({ key: 'operator/CreateOrder', outcome: 'retry' });
    expect(hours(operator?.elapsedMs)).toBe(4);
    const steps = course.nodes.filter(({ key }) => key === 'step/Order');
    expect(steps.map(({ outcome, elapsedMs }) => [outcome, hours(elapsedMs)])).toEqual([
      ['failed', 0],
      ['done', 0],
    ]);
  });

  it('is overdue at a level that was escalated, and an exception when nobody answers', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    await world.submit(event);
    await world.advance(24 * 30);

    const { course } = await courseIn(world, event);
    expect(course.nodes.find(({ kind }) => kind === 'approval')).toMatchObject({ isOverdue: true });
    expect(course.exceptions).toMatchObject([{ kind: 'expiry', about: 'order' }]);
    expect(course.outcome).toBe('expired');
  });

  it('does not depend on the order in which entries come, nor on how often', async () => {
    const { world, event } = await paidPurchase();
    const record = await world.record(event);
    const course = courseOf(record, clockTime);
    fc.assert(
      fc.property(fc.shuffledSubarray([...record, ...record], { minLength: 2 * record.length }), (shuffled) => {
        expect(courseOf(shuffled, clockTime)).toEqual(course);
      }),
    );
  });

  it('only grows: what a shorter record says of ended nodes and phases stays so', async () => {
    const { world, event } = await paidPurchase();
    const record = await world.record(event);
    const whole = courseOf(record, clockTime);
    for (let length = 1; length < record.length; length += 1) {
      const part = courseOf(record.slice(0, length), clockTime);
      const ended = (part?.nodes ?? []).filter(({ to }) => to !== undefined);
      expect(whole?.nodes).toEqual(expect.arrayContaining(ended));
      expect(whole?.phases.slice(0, (part?.phases.length ?? 1) - 1)).toEqual(part?.phases.slice(0, -1));
      expect(part?.entries).toBe(length);
    }
  });

  it('is read up to the first entry that is missing, and not at all without its beginning', async () => {
    const { world, event } = await paidPurchase();
    const record = await world.record(event);
    const without = (sequence: number) => record.filter((entry) => entry.sequence !== sequence);
    expect(courseOf(without(9), clockTime)).toEqual(courseOf(record.slice(0, 8), clockTime));
    expect(courseOf(without(1), clockTime)).toBeUndefined();
    expect(courseOf([], clockTime)).toBeUndefined();
  });

  it.each([
    ['answered', 'DecisionMade', [1, 72], [72, undefined]],
    ['passed over by the deadline', 'ApprovalClosed', [72, 72], [undefined, undefined]],
    ['sent back', 'ReturnedToRequester', [72, 72], [undefined, undefined]],
  ] as const)('times each of two levels beside each other that are %s', (_, type, ended, closed) => {
    const at = (hour: number) => new Date(Date.UTC(2026, 0, 5, 9 + hour)).toISOString();
    const of = (level: number) => ({
      approvalId: 'order-1',
      subject: 'order',
      round: 1,
      level,
      levelName: `L${level}`,
    });
    const voice = { employeeId: 'E-1', action: 'approve' };
    const course = courseOf(
      [
        entry(1, 'RequisitionRegistered', at(0)),
        entry(2, 'LevelOpened', at(0), { ...of(0), approverIds: ['E-1', 'E-2'] }),
        entry(3, 'LevelOpened', at(0), { ...of(1), approverIds: ['E-3'] }),
        entry(4, 'DecisionMade', at(1), { ...of(0), ...voice, outcome: 'undecided' }),
        entry(5, type, at(72), { ...of(1), ...voice, employeeId: 'E-3', outcome: 'approved', cause: 'expiry' }),
      ],
      clockTime,
    );
    expect(course?.nodes.map(({ to }) => to)).toEqual(ended.map(at));
    expect(course?.nodes.map(({ closedAt }) => closedAt)).toEqual(
      closed.map((hour) => (hour === undefined ? undefined : at(hour))),
    );
  });

  it('has no negative time when a clock jumps back', () => {
    const level = {
      approvalId: 'order-1',
      subject: 'order',
      level: 0,
      levelName: 'Manager',
      approverIds: ['E-1'],
      employeeId: 'E-1',
      outcome: 'approved',
    };
    const course = courseOf(
      [
        entry(1, 'RequisitionRegistered', '2026-01-05T09:00:00.000Z'),
        entry(2, 'LevelOpened', '2026-01-05T10:00:00.000Z', level),
        entry(3, 'DecisionMade', '2026-01-05T09:59:00.000Z', { ...level, action: 'approve' }),
      ],
      clockTime,
    );
    expect(course?.nodes).toMatchObject([{ elapsedMs: 0, workingMs: 0, voices: [{ elapsedMs: 0 }] }]);
  });
});

function hours(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : Math.round(milliseconds / 3_600_000);
}
