import { describe, expect, it } from 'vitest';
import { handInLeave } from '../support/leave-end.ts';
import { LeaveWorld, leaveEvent, MANAGER } from '../support/leave-world.ts';

const event = leaveEvent();
const second = (leave: object = {}) => leaveEvent({ requestId: 'LV-2', leave });
const BOOKED = 'annual 2026-03-06 8, 2026-03-09 8';
const DURING = '2026-03-07T12:00:00+08:00';

async function approved(world = new LeaveWorld(), filed = event): Promise<LeaveWorld> {
  await world.submit(filed);
  await world.approve();
  return world;
}

describe('a leave request', () => {
  it('that is approved is recorded once, makes the substitute, and is granted once it has begun', async () => {
    // Act
    const world = await approved();
    const before = (await world.head(event)).status;
    await world.advance(24 * 70);

    // Assess
    expect(before).toBe('running');
    expect(await world.substitutes(DURING)).toEqual([MANAGER]);
    expect(await world.substitutes('2026-03-10T00:00:00+08:00')).toEqual([]);
    await handInLeave(world, event, {
      record: 'approve granted',
      erp: BOOKED,
      oa: 'accepted approved recorded taken',
    });
  });

  it('shows the manager the days and the balance, and the record none of its reason', async () => {
    const world = new LeaveWorld();
    await world.submit(event);

    const [mail] = world.mails;
    expect(mail?.text).toContain('10 / 0 / 8');
    expect(JSON.stringify(await world.record(event))).not.toContain('wedding');
  });

  it('makes the substitute whom it names', async () => {
    const world = new LeaveWorld();
    await world.submit(leaveEvent({ leave: { substituteId: 'E-1004' } }));
    await world.approve();

    expect(await world.substitutes(DURING)).toEqual(['E-1004']);
  });

  it('tells whoever stands in, and that they need not when it is taken back', async () => {
    const world = await approved(new LeaveWorld(), leaveEvent({ leave: { substituteId: 'E-1004' } }));
    await world.withdraw(event);

    const subjects = world.mails.filter(({ to }) => to === 'han.mei@meridian.example').map(({ subject }) => subject);
    expect(subjects).toEqual(['请代理李娜 Li Na的审批', '您不再代理李娜 Li Na']);
  });

  it('that is withdrawn before it begins takes back the absence and the substitute', async () => {
    const world = await approved();

    expect(await world.withdraw(event)).toBe('withdrawn');

    expect(await world.substitutes(DURING)).toEqual([]);
    const oa = 'accepted approved recorded withdrawn';
    await handInLeave(world, event, { record: 'approve withdrawn', erp: 'annual cancelled', oa });
  });

  it('leaves its days free once it is withdrawn', async () => {
    const world = await approved();
    await world.withdraw(event);

    await world.submit(second());

    expect(world.toldOf(second())).toEqual(['accepted']);
  });

  it('cannot be withdrawn once it has begun', async () => {
    const world = await approved();
    await world.advance(24 * 70);

    expect(await world.withdraw(event)).toBe('refused');
    const oa = 'accepted approved recorded taken withdrawal-refused';
    await handInLeave(world, event, { record: 'approve granted', erp: BOOKED, oa });
  });

  it('that lies eight months ahead stays withdrawable all the time', async () => {
    const world = new LeaveWorld();
    const far = leaveEvent({ leave: { from: '2026-09-21', to: '2026-09-21' } });
    await world.submit(far);
    await world.approve();
    await world.advance(24 * 255);
    expect((await world.head(far)).status).toBe('running');

    expect(await world.withdraw(far)).toBe('withdrawn');

    const oa = 'accepted approved recorded withdrawn';
    await handInLeave(world, far, { record: 'approve withdrawn', erp: 'annual cancelled', oa });
  });

  it('that lies eight months ahead is granted on its day, and nobody was reminded of waiting', async () => {
    const world = new LeaveWorld();
    const far = leaveEvent({ leave: { from: '2026-09-21', to: '2026-09-21' } });
    await world.submit(far);
    await world.approve();
    await world.advance(24 * 264);

    expect(await world.entryTypes(far)).not.toContain('WaitReminded');
    const oa = 'accepted approved recorded taken';
    await handInLeave(world, far, { record: 'approve granted', erp: 'annual 2026-09-21 8', oa });
  });

  it('of a sickness that is over already is granted as soon as it is recorded, and makes nobody a substitute', async () => {
    const world = new LeaveWorld();
    const sick = leaveEvent({ leave: { kind: 'sick', from: '2025-12-29', to: '2025-12-30' } });
    await world.submit(sick);
    await world.approve();

    expect(await world.substitutes('2025-12-30T12:00:00+08:00')).toEqual([]);
    const erp = 'sick 2025-12-29 8, 2025-12-30 8';
    await handInLeave(world, sick, { record: 'approve granted', erp, oa: 'accepted approved recorded taken' });
  });

  it('that is rejected records nothing, and frees its days', async () => {
    const world = new LeaveWorld();
    await world.submit(event);
    await world.decide(MANAGER, 'reject', 'Too many are away');
    await world.submit(second());

    expect(world.toldOf(event)).toEqual(['accepted', 'rejected']);
    expect(world.toldOf(second())).toEqual(['accepted']);
    await handInLeave(world, event, { record: 'reject rejected', erp: 'nothing', oa: 'accepted accepted rejected' });
  });

  it('that nobody decides expires', async () => {
    const world = new LeaveWorld();
    await world.submit(event);
    await world.advance(24 * 40);

    await handInLeave(world, event, { record: 'expired', erp: 'nothing', oa: 'accepted expired' });
  });

  it('of somebody who has left, or that cannot be read, is refused', async () => {
    const world = new LeaveWorld();
    const left = leaveEvent({ requestId: 'LV-2', employeeId: 'E-1003' });
    const garbled = leaveEvent({ leave: { from: 'tomorrow' } });
    await world.submit(left);
    await world.submit(garbled);

    expect((await world.head(left)).outcome).toBe('refused');
    await handInLeave(world, garbled, { record: 'refused', erp: 'nothing', oa: 'refused refused' });
  });

  it('that a rule speaks against goes back to its requester, who shortens it', async () => {
    // Prepare
    const world = new LeaveWorld();
    const long = leaveEvent({ leave: { from: '2026-03-02', to: '2026-03-16' } });
    await world.submit(long);
    expect(world.told()).toEqual(['returned']);

    // Act
    await world.resubmit(long, { changes: { to: '2026-03-13' } });
    await world.approve();

    // Assess
    const erp = expect.stringMatching(/^annual 2026-03-02 8(, 2026-03-\d\d 8){8}, 2026-03-13 8$/);
    await handInLeave(world, long, {
      record: 'approve (Approved leave)',
      erp,
      oa: 'returned accepted approved recorded',
    });
  });

  it('that the manager returns is checked and decided anew, and claims its new days only', async () => {
    // Prepare
    const world = new LeaveWorld();
    await world.submit(event);
    await world.returnIt(MANAGER, 'Please come back for the audit');

    // Act
    await world.resubmit(event, { changes: { to: '2026-03-06' } });
    await world.submit(second({ from: '2026-03-09', to: '2026-03-09' }));

    // Assess
    expect(world.toldOf(event)).toEqual(['accepted', 'returned', 'accepted']);
    expect(world.toldOf(second())).toEqual(['accepted']);
  });

  it('waits while it is held, and is recorded once the hold is released', async () => {
    const world = new LeaveWorld();
    await world.submit(event);
    await world.hold(event);
    await world.approve();
    expect(await world.absentOn()).toEqual([]);

    await world.release(event);

    await handInLeave(world, event, {
      record: 'approve (Approved leave)',
      erp: BOOKED,
      oa: 'accepted approved recorded',
    });
  });
});

describe('two leave requests of one person', () => {
  it('for one day: the second is returned, also while the first is only asked for', async () => {
    const world = new LeaveWorld();
    await world.start(event);
    await world.start(second({ from: '2026-03-09', to: '2026-03-10' }));
    await world.run();

    expect([...world.told()].sort()).toEqual(['accepted', 'returned']);
  });

  it('that each fit the balance but not together: the second is returned', async () => {
    const world = new LeaveWorld();
    await world.submit(leaveEvent({ leave: { from: '2026-03-02', to: '2026-03-10' } }));
    await world.submit(second({ from: '2026-04-13', to: '2026-04-16' }));

    expect(world.toldOf(event)).toEqual(['accepted']);
    expect(world.toldOf(second())).toEqual(['returned']);
  });

  it('count a day once when the first stands in the ERP and is still claimed', async () => {
    const world = await approved();
    await world.submit(second({ from: '2026-04-13', to: '2026-04-22' }));

    expect(world.toldOf(second())).toEqual(['accepted']);
  });
});
