import { describe, it } from 'vitest';
import { failingAtFirst, RETRIED_ERRORS } from '../support/failing-at-first.ts';
import { handInLeave } from '../support/leave-end.ts';
import { LeaveWorld, leaveEvent, MANAGER } from '../support/leave-world.ts';
import type { End } from '../support/path-coverage.ts';

const event = leaveEvent();
const BOOKED = 'annual 2026-03-06 8, 2026-03-09 8';

interface Play {
  readonly play: (world: LeaveWorld) => Promise<void>;
  readonly end: End;
}

/** Together they enter every state that tries again. */
const PLAYS: Readonly<Record<string, Play>> = {
  'a leave that is granted': {
    play: async (world) => {
      await world.submit(event);
      await world.approve();
      await world.advance(24 * 70);
    },
    end: { record: 'approve granted', erp: BOOKED, oa: 'accepted approved recorded taken' },
  },
  'a leave that is held and released': {
    play: async (world) => {
      await world.submit(event);
      await world.hold(event);
      await world.approve();
      await world.release(event);
    },
    end: { record: 'approve (Approved leave)', erp: BOOKED, oa: 'accepted approved recorded' },
  },
  'a leave that ends on an earlier day': {
    play: async (world) => {
      await world.submit(event);
      await world.approve();
      await world.advance(24 * 65);
      await world.shorten(event, '2026-03-06');
      await world.advance(24);
    },
    end: { record: 'approve granted', erp: 'annual 2026-03-06 8', oa: 'accepted approved recorded recorded taken' },
  },
  'a leave that is withdrawn before it begins': {
    play: async (world) => {
      await world.submit(event);
      await world.approve();
      await world.withdraw(event);
    },
    end: { record: 'approve withdrawn', erp: 'annual cancelled', oa: 'accepted approved recorded withdrawn' },
  },
  'a leave that is returned and changed': {
    play: async (world) => {
      await world.submit(event);
      await world.returnIt(MANAGER);
      await world.resubmit(event);
    },
    end: { record: 'return (Leave approval)', erp: 'nothing', oa: 'accepted returned accepted' },
  },
  'a leave of which an operator has a step tried again': {
    play: async (world) => {
      world.time.fault = (operation) => (operation === 'findEmployee' ? 'refuses' : undefined);
      await world.submit(event);
      world.time.fault = () => undefined;
      await world.decide('operators', 'retry');
    },
    end: { record: '!CheckLeave retry (Leave approval)', erp: 'nothing', oa: 'accepted' },
  },
};

describe.each(Object.entries(PLAYS))('%s', (_, { play, end }) => {
  it.each(RETRIED_ERRORS)('comes to the same end when every call fails with %s at first', async (error) => {
    const world = new LeaveWorld(failingAtFirst(error));

    await play(world);

    await handInLeave(world, event, end);
  });
});
