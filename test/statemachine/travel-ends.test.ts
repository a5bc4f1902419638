import { describe, expect, it } from 'vitest';
import { handInLeave } from '../support/leave-end.ts';
import { LeaveWorld, leaveEvent } from '../support/leave-world.ts';

const journey = (more: object = {}) =>
  leaveEvent({ leave: { kind: 'travel', destination: 'Suzhou', reason: 'Acceptance of the line', ...more } });
const DURING = '2026-03-07T12:00:00+08:00';
const BOOKED = 'travel 2026-03-06 8, 2026-03-09 8';

async function approved(event = journey()): Promise<LeaveWorld> {
  const world = new LeaveWorld();
  await world.submit(event);
  await world.approve();
  return world;
}

describe('a journey on business', () => {
  it('is in the time sheets, and whoever is on it stays asked', async () => {
    const world = await approved();

    expect(await world.substitutes(DURING)).toEqual([]);
    expect(world.mails.map(({ text }) => text).join()).not.toContain('nobody stands in');
    const end = { record: 'approve (Approved leave)', erp: BOOKED, oa: 'accepted approved recorded' };
    await handInLeave(world, journey(), end);
  });

  it('shows whoever decides where it goes', async () => {
    const world = new LeaveWorld();
    await world.submit(journey());

    expect(world.mails[0]?.text).toContain('Suzhou');
  });

  it('has a substitute where the traveller names one', async () => {
    const world = await approved(journey({ substituteId: 'E-1004' }));

    expect(await world.substitutes(DURING)).toEqual(['E-1004']);
  });

  it('without a destination goes back to the traveller', async () => {
    const world = new LeaveWorld();
    await world.submit(journey({ destination: undefined }));

    expect(world.notices[0]?.text.en).toContain('leave.destination');
    const end = { record: '(Rework)', erp: 'nothing', oa: 'returned' };
    await handInLeave(world, journey(), end);
  });

  it('that is withdrawn is taken off the time sheets', async () => {
    const world = await approved();
    await world.withdraw(journey());

    const end = { record: 'approve withdrawn', erp: 'travel cancelled', oa: 'accepted approved recorded withdrawn' };
    await handInLeave(world, journey(), end);
  });
});
