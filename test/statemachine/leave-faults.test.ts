import { describe, expect, it } from 'vitest';
import { ConnectorTransientError } from '../../functions/runtime/errors.ts';
import { firstCallOf, nthCallOf } from '../support/failing-at-first.ts';
import { handInLeave } from '../support/leave-end.ts';
import { LeaveWorld, leaveEvent, MANAGER } from '../support/leave-world.ts';

const event = leaveEvent();
const BOOKED = 'annual 2026-03-06 8, 2026-03-09 8';
const PATIENCE = 60;
const STEPS = [
  'RegisterRequest',
  'CheckLeaveRequest',
  'RouteLeave',
  'OpenLevel',
  'BookAbsence',
  'AwaitLeave',
  'CloseLeave',
];
const WAYS = ['dies-before', 'dies-after', { error: 'ConnectorTransientError' }] as const;
const CASES = STEPS.flatMap((step) => WAYS.map((fault) => ({ step, fault, way: JSON.stringify(fault) })));

async function approved(world: LeaveWorld): Promise<LeaveWorld> {
  await world.submit(event);
  await world.decide(MANAGER, 'approve');
  return world;
}

describe('whatever step fails once', () => {
  it.each(CASES)('$step $way: a leave is recorded once and granted', async ({ step, fault }) => {
    const world = await approved(new LeaveWorld({ fault: firstCallOf(step, fault), patience: PATIENCE }));
    await world.advance(24 * 70);

    await handInLeave(world, event, {
      record: 'approve granted',
      erp: BOOKED,
      oa: 'accepted approved recorded taken',
    });
  });

  it.each(CASES)('$step $way: a leave that is withdrawn leaves nothing behind', async ({ step, fault }) => {
    const world = await approved(new LeaveWorld({ fault: firstCallOf(step, fault), patience: PATIENCE }));
    await world.withdraw(event);
    await world.advance(2);

    expect(await world.substitutes('2026-03-07T12:00:00+08:00')).toEqual([]);
    const oa = 'accepted approved recorded withdrawn';
    await handInLeave(world, event, { record: 'approve withdrawn', erp: 'annual cancelled', oa });
  });
});

describe('the undo of a leave that is withdrawn', () => {
  /** After the one that records the absence. */
  const undo = 2;
  const end = { record: 'approve withdrawn', erp: 'annual cancelled', oa: 'accepted approved recorded withdrawn' };

  it.each(WAYS)('is made once although its call meets %j', async (fault) => {
    const world = new LeaveWorld({ fault: nthCallOf('BookAbsence', undo, fault), patience: PATIENCE });
    await approved(world);
    await world.withdraw(event);

    expect(world.calls.filter((name) => name === 'BookAbsence')).toHaveLength(undo + 1);
    expect(await world.substitutes('2026-03-07T12:00:00+08:00')).toEqual([]);
    expect((await world.entryTypes(event)).filter((type) => type === 'AbsenceCancelled')).toHaveLength(1);
    await handInLeave(world, event, end);
  });

  it('that is refused is tried again by an operator', async () => {
    const world = new LeaveWorld({ fault: nthCallOf('BookAbsence', undo, 'refused'), patience: PATIENCE });
    await approved(world);
    await world.withdraw(event);
    await world.decide('operators', 'retry');

    await handInLeave(world, event, { ...end, record: 'approve !UndoLeave retry withdrawn' });
  });
});

describe('an OA that is down', () => {
  it('gets every answer of a leave when it is up again', async () => {
    const world = new LeaveWorld();
    world.oaIsDown = true;
    await approved(world);
    await world.advance(24 * 70);
    expect(world.notices).toEqual([]);

    world.oaIsDown = false;
    await world.advance(24);
    await world.sweep();

    await handInLeave(world, event, {
      record: 'approve granted',
      erp: BOOKED,
      oa: 'accepted approved recorded taken',
    });
  });
});

describe('time sheets that fail', () => {
  it.each(['down', 'lost-reply'] as const)('once (%s) leave one absence', async (fault) => {
    const world = new LeaveWorld({ patience: PATIENCE });
    let isOpen = true;
    world.time.fault = (operation) => {
      const hits = isOpen && operation === 'recordAbsence';
      isOpen &&= !hits;
      return hits ? fault : undefined;
    };
    await approved(world);

    await handInLeave(world, event, {
      record: 'approve (Approved leave)',
      erp: BOOKED,
      oa: 'accepted approved recorded',
    });
  });

  it.each(['down', 'lost-reply'] as const)('once (%s) while an absence is taken back leave none', async (fault) => {
    const world = await approved(new LeaveWorld({ patience: PATIENCE }));
    let isOpen = true;
    world.time.fault = (operation) => {
      const hits = isOpen && operation === 'cancelAbsence';
      isOpen &&= !hits;
      return hits ? fault : undefined;
    };
    await world.withdraw(event);

    expect(isOpen).toBe(false);
    expect(await world.absentOn()).toEqual([]);
    const oa = 'accepted approved recorded withdrawn';
    await handInLeave(world, event, { record: 'approve withdrawn', erp: 'annual cancelled', oa });
  });

  it('for good are the business of the operators, who try again', async () => {
    // Prepare
    const world = new LeaveWorld({ patience: PATIENCE });
    world.time.fault = (operation) => (operation === 'recordAbsence' ? 'refuses' : undefined);
    await approved(world);
    expect((await world.head(event)).phase).toBe('Waiting for an operator');

    // Act
    world.time.fault = () => undefined;
    await world.decide('operators', 'retry');

    // Assess
    const record = 'approve !RecordAbsence retry (Approved leave)';
    await handInLeave(world, event, { record, erp: BOOKED, oa: 'accepted approved recorded' });
  });

  it('whose answer never came: the operators cancel, and what may have been recorded is taken back', async () => {
    // Prepare
    const world = new LeaveWorld({ patience: PATIENCE });
    world.time.fault = (operation) => (operation === 'recordAbsence' ? 'lost-reply' : undefined);
    await approved(world);
    await world.giveUpRetrying();
    expect(await world.absentOn()).toEqual(['2026-03-06', '2026-03-09']);

    // Act
    await world.decide('operators', 'cancel', 'Recorded by hand');

    // Assess
    const record = 'approve !RecordAbsence cancel cancelled';
    await handInLeave(world, event, { record, erp: 'annual cancelled', oa: 'accepted approved cancelled' });
  });

  it('take nothing back that they will not: the operators skip once it was done by hand', async () => {
    const world = await approved(new LeaveWorld({ patience: PATIENCE }));
    world.time.fault = (operation) => (operation === 'cancelAbsence' ? 'refuses' : undefined);
    await world.withdraw(event);
    await world.decide('operators', 'skip', 'Deleted in the ERP');

    expect(await world.substitutes('2026-03-07T12:00:00+08:00')).toEqual([]);
    const record = 'approve !UndoLeave skip withdrawn';
    await handInLeave(world, event, { record, erp: BOOKED, oa: 'accepted approved recorded withdrawn' });
  });

  it('take back at the second attempt what they would not at the first', async () => {
    const world = await approved(new LeaveWorld({ patience: PATIENCE }));
    world.time.fault = (operation) => (operation === 'cancelAbsence' ? 'refuses' : undefined);
    await world.withdraw(event);
    world.time.fault = () => undefined;
    await world.decide('operators', 'retry');

    const record = 'approve !UndoLeave retry withdrawn';
    await handInLeave(world, event, { record, erp: 'annual cancelled', oa: 'accepted approved recorded withdrawn' });
  });

  it('hold another absence under the key than was approved: a person is asked', async () => {
    const world = new LeaveWorld({ patience: PATIENCE });
    const recordAbsence = world.time.recordAbsence.bind(world.time);
    world.time.recordAbsence = async (command) => ({ ...(await recordAbsence(command)), days: [] });
    await approved(world);

    expect(await world.entryTypes(event)).not.toContain('AbsenceRecorded');
    const record = 'approve !RecordAbsence (Waiting for an operator)';
    await handInLeave(world, event, { record, erp: BOOKED, oa: 'accepted approved' });
  });

  it('are asked for balances only: a check that cannot reach them is repeated', async () => {
    const world = new LeaveWorld({ patience: PATIENCE });
    const read = world.time.absencesOf.bind(world.time);
    let failures = 2;
    world.time.absencesOf = async (...query) => {
      failures -= 1;
      if (failures >= 0) {
        throw new ConnectorTransientError('the ERP is down');
      }
      return read(...query);
    };
    await world.submit(event);

    await handInLeave(world, event, { record: '(Leave approval)', erp: 'nothing', oa: 'accepted' });
  });
});
