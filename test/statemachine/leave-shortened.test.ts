import { describe, expect, it } from 'vitest';
import { approvedLeave } from '../../functions/payroll/approved-leave.ts';
import { handInLeave } from '../support/leave-end.ts';
import { LeaveWorld, leaveEvent, MANAGER } from '../support/leave-world.ts';
import type { WorldOptions } from '../support/process-world.ts';

/** Of a kind whose early return needs no approval. */
const event = leaveEvent({ leave: { from: '2026-03-02', to: '2026-03-06' } });
/** Of one whose early return does. */
const unpaid = leaveEvent({ leave: { kind: 'unpaid', from: '2026-03-02', to: '2026-03-06' } });
const FIRST_DAYS = ['2026-03-02', '2026-03-03'];
const TWO_DAYS = 'annual 2026-03-02 8, 2026-03-03 8';
const WEEK = ['02', '03', '04', '05', '06'].map((day) => `2026-03-${day} 8`).join(', ');
const MARCH = { from: '2026-03-01', to: '2026-03-31' };
/** From the first of January to the morning of the third of March. */
const TO_ITS_SECOND_DAY = 24 * 61;

/** A leave that has begun. */
async function begun(filed = event, options: WorldOptions = {}): Promise<LeaveWorld> {
  const world = new LeaveWorld(options);
  await world.submit(filed);
  await world.approve();
  await world.advance(TO_ITS_SECOND_DAY);
  return world;
}

describe('a leave that has begun', () => {
  it('ends on an earlier day: in the ERP, for the substitute, in the balance and for payroll', async () => {
    // Prepare
    const world = await begun();

    // Act
    const heard = await world.shorten(event, '2026-03-03');

    // Assess
    expect(heard).toBe('taken');
    expect(await world.absentOn()).toEqual(FIRST_DAYS);
    expect(await world.substitutes('2026-03-03T12:00:00+08:00')).toEqual([MANAGER]);
    expect(await world.substitutes('2026-03-04T12:00:00+08:00')).toEqual([]);
    const paid = await approvedLeave(world.store, event.requester.employeeId, MARCH);
    expect(paid.map(({ date }) => date)).toEqual(FIRST_DAYS);
    await world.submit(leaveEvent({ requestId: 'LV-2', leave: { from: '2026-04-13', to: '2026-04-14' } }));
    expect(world.mails.at(-1)?.text).toContain('10 / 2 / 6');
    await world.advance(48);
    expect((await world.head(event)).outcome).toBe('granted');
    expect(world.toldOf(event)).toEqual(['accepted', 'approved', 'recorded', 'recorded', 'taken']);
  });

  it('ends at noon of a day', async () => {
    const world = await begun();

    await world.shorten(event, '2026-03-04', { endsAtNoon: true });
    await world.advance(48);

    await handInLeave(world, event, {
      record: 'approve granted',
      erp: `${TWO_DAYS}, 2026-03-04 4`,
      oa: 'accepted approved recorded recorded taken',
    });
  });

  it('is over at once when its requester is back already, and the same event again changes nothing', async () => {
    const world = await begun();
    await world.advance(24);

    expect(await world.shorten(event, '2026-03-03')).toBe('taken');
    expect(await world.shorten(event, '2026-03-03')).toBe('taken');

    await handInLeave(world, event, {
      record: 'approve granted',
      erp: TWO_DAYS,
      oa: 'accepted approved recorded recorded taken',
    });
  });

  it('of a kind whose early return is approved is shortened once the manager says yes to the new end', async () => {
    const world = await begun(unpaid);

    await world.shorten(unpaid, '2026-03-03');
    const before = await world.absentOn();
    const asked = world.mails.at(-1)?.text;
    await world.approve();
    await world.advance(48);

    expect(before).toHaveLength(5);
    expect(asked).toContain('2026-03-03');
    await handInLeave(world, unpaid, {
      record: 'approve approve granted',
      erp: 'unpaid 2026-03-02 8, 2026-03-03 8',
      oa: 'accepted approved recorded approved recorded taken',
    });
  });

  it.each([
    [
      'the manager says no',
      (world: LeaveWorld) => world.decide(MANAGER, 'reject', 'Too late'),
      'approve reject granted',
    ],
    ['nobody answers', (world: LeaveWorld) => world.advance(24 * 60), 'approve granted'],
  ])('stands as it was when %s', async (_, answer, record) => {
    const world = await begun(unpaid);

    await world.shorten(unpaid, '2026-03-03');
    await answer(world);
    await world.advance(24 * 7);

    await handInLeave(world, unpaid, {
      record,
      erp: `unpaid ${WEEK}`,
      oa: 'accepted approved recorded shortening-refused taken',
    });
  });

  it('stands as it was when nobody can be asked and the operators give the question up', async () => {
    const state = { isDown: false };
    const world = await begun(unpaid, {
      fault: (_, name) => (state.isDown && name === 'RouteLeave' ? 'dies-before' : undefined),
    });
    state.isDown = true;
    await world.shorten(unpaid, '2026-03-03');
    await world.advance(1);
    state.isDown = false;
    await world.advance(2);

    expect(await world.absentOn()).toHaveLength(5);
    await world.decide('operators', 'cancel', 'The table has no row for it');
    await world.advance(24 * 7);

    await handInLeave(world, unpaid, {
      record: 'approve !RouteApproval cancel granted',
      erp: `unpaid ${WEEK}`,
      oa: 'accepted approved recorded shortening-refused taken',
    });
  });

  it.each(['lost-reply', 'down'] as const)('is shortened once when the time sheets are %s', async (how) => {
    const world = await begun();
    let calls = 0;
    world.time.fault = (operation) => {
      calls += operation === 'shortenAbsence' ? 1 : 0;
      return operation === 'shortenAbsence' && calls <= 2 ? how : undefined;
    };

    await world.shorten(event, '2026-03-03');
    await world.advance(72);

    expect(calls).toBe(3);
    await handInLeave(world, event, {
      record: 'approve granted',
      erp: TWO_DAYS,
      oa: 'accepted approved recorded recorded taken',
    });
  });

  it.each(['ShortenAbsence', 'AwaitLeaveEnd'])(
    'whose step %s fails waits for an operator and is tried again',
    async (step) => {
      const state = { isDown: false };
      const name = step === 'ShortenAbsence' ? 'BookAbsence' : 'AwaitLeave';
      const world = await begun(event, {
        fault: (_, called) => (state.isDown && called === name ? 'refused' : undefined),
      });
      state.isDown = true;
      await world.shorten(event, '2026-03-03');
      if (step === 'AwaitLeaveEnd') {
        await world.advance(1);
      }
      state.isDown = false;
      await world.decide('operators', 'retry');
      await world.advance(72);

      await handInLeave(world, event, {
        record: `approve !${step} retry granted`,
        erp: TWO_DAYS,
        oa: 'accepted approved recorded recorded taken',
      });
    },
  );

  it('whose alarms are lost is over by the backstop of its wait', async () => {
    const world = await begun();
    world.alarms.forgetAll();
    await world.advance(24 * 101);

    await handInLeave(world, event, {
      record: 'approve granted',
      erp: `annual ${WEEK}`,
      oa: 'accepted approved recorded taken',
    });
  });

  it('is withdrawn where its requester said so before its wait for the end stood', async () => {
    const state = { isDown: true };
    const world = new LeaveWorld({
      fault: (_, name) => (state.isDown && name === 'AwaitLeave' ? 'refused' : undefined),
    });
    await world.submit(event);
    state.isDown = false;
    await world.approve();
    state.isDown = true;
    await world.advance(TO_ITS_SECOND_DAY);
    expect(await world.withdraw(event)).toBe('withdrawn');
    state.isDown = false;
    await world.decide('operators', 'retry');

    await handInLeave(world, event, {
      record: 'approve !AwaitLeaveEnd retry withdrawn',
      erp: 'annual cancelled',
      oa: 'accepted approved recorded withdrawn',
    });
  });

  it('cannot be withdrawn', async () => {
    const world = await begun();

    expect(await world.withdraw(event)).toBe('refused');

    await handInLeave(world, event, {
      record: 'approve (Leave)',
      erp: `annual ${WEEK}`,
      oa: 'accepted approved recorded withdrawal-refused',
    });
  });

  it.each([
    ['to its own last day', { to: '2026-03-06' }, 'not-shorter'],
    ['to a later day', { to: '2026-03-09' }, 'not-shorter'],
    ['to a day before it', { to: '2026-03-01' }, 'outside'],
    ['by somebody else', { to: '2026-03-03', by: MANAGER }, 'not-the-requester'],
  ])('is not shortened %s, which is recorded and told once', async (_, { to, ...more }, refusal) => {
    const world = await begun();

    expect([await world.shorten(event, to, more), await world.shorten(event, to, more)]).toEqual([refusal, refusal]);

    expect((await world.entryTypes(event)).filter((type) => type === 'ShorteningRefused')).toHaveLength(1);
    await handInLeave(world, event, {
      record: 'approve (Leave)',
      erp: `annual ${WEEK}`,
      oa: 'accepted approved recorded shortening-refused',
    });
  });

  it('is not shortened again while the first word is being decided', async () => {
    const world = await begun(unpaid);
    await world.shorten(unpaid, '2026-03-04');

    expect(await world.shorten(unpaid, '2026-03-03')).toBe('being-decided');
    expect(await world.absentOn()).toHaveLength(5);
  });
});

describe('a leave that has begun and was not taken at all', () => {
  it.each([
    ['annual', event],
    ['unpaid', unpaid],
  ])('is taken back whole once the manager agrees, whatever its kind: %s', async (kind, filed) => {
    const world = await begun(filed);

    expect(await world.takeNone(filed)).toBe('taken');
    const before = await world.absentOn();
    const asked = world.mails.at(-1)?.text;
    await world.approve();

    expect(before).toHaveLength(5);
    expect(asked).toContain('none of it was taken');
    expect(await approvedLeave(world.store, filed.requester.employeeId, MARCH)).toEqual([]);
    expect(await world.substitutes('2026-03-04T12:00:00+08:00')).toEqual([]);
    await handInLeave(world, filed, {
      record: 'approve approve withdrawn',
      erp: `${kind} cancelled`,
      oa: 'accepted approved recorded approved withdrawn',
    });
  });

  it('is taken back as well where the answer comes after its last moment', async () => {
    const world = await begun();
    await world.takeNone(event);
    await world.advance(24 * 4);
    await world.approve();

    await handInLeave(world, event, {
      record: 'approve approve withdrawn',
      erp: 'annual cancelled',
      oa: 'accepted approved recorded approved withdrawn',
    });
  });

  it('stands as it was when the manager says no, and may end earlier all the same', async () => {
    const world = await begun();
    await world.takeNone(event);
    await world.decide(MANAGER, 'reject', 'You were away on Monday');

    expect(await world.shorten(event, '2026-03-03')).toBe('taken');
    await world.advance(48);

    await handInLeave(world, event, {
      record: 'approve reject granted',
      erp: TWO_DAYS,
      oa: 'accepted approved recorded shortening-refused recorded taken',
    });
  });

  it('is taken back once, whatever the time sheets do', async () => {
    const world = await begun();
    let calls = 0;
    world.time.fault = (operation) => {
      calls += operation === 'cancelAbsence' ? 1 : 0;
      return operation === 'cancelAbsence' && calls === 1 ? 'lost-reply' : undefined;
    };
    await world.takeNone(event);
    await world.approve();
    await world.advance(1);

    expect(await world.absentOn()).toEqual([]);
    expect((await world.entryTypes(event)).filter((type) => type === 'AbsenceCancelled')).toHaveLength(1);
  });
});

describe('an early return', () => {
  it('from a leave that has not begun, is over, or is not known yet does not count', async () => {
    const world = new LeaveWorld();
    expect(await world.shorten(event, '2026-03-03')).toBe('unknown');
    await world.submit(event);
    await world.approve();
    expect(await world.shorten(event, '2026-03-03')).toBe('not-begun');

    await world.advance(24 * 70);

    expect(await world.shorten(event, '2026-03-04')).toBe('ended');
    await handInLeave(world, event, {
      record: 'approve granted',
      erp: `annual ${WEEK}`,
      oa: 'accepted approved recorded shortening-refused taken shortening-refused',
    });
  });
});
