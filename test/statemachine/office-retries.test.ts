import { describe, it } from 'vitest';
import { failingAtFirst, RETRIED_ERRORS } from '../support/failing-at-first.ts';
import { handInOffice } from '../support/office-end.ts';
import { HEAD, OfficeWorld, officeEvent } from '../support/office-world.ts';

const event = officeEvent();

interface Play {
  readonly play: (world: OfficeWorld) => Promise<void>;
  readonly record: string;
  readonly oa: string;
}

/** Together they enter every state that tries again. */
const PLAYS: Readonly<Record<string, Play>> = {
  'an office request that is approved': {
    play: async (world) => {
      await world.submit(event);
      await world.approve();
    },
    record: 'approve approved',
    oa: 'accepted approved',
  },
  'an office request that is held and released': {
    play: async (world) => {
      await world.submit(event);
      await world.hold(event);
      await world.approve();
      await world.release(event);
    },
    record: 'approve approved',
    oa: 'accepted approved',
  },
  'an office request that is returned and changed': {
    play: async (world) => {
      await world.submit(event);
      await world.returnIt(HEAD);
      await world.resubmit(event);
    },
    record: 'return (Office approval)',
    oa: 'accepted returned accepted',
  },
};

describe.each(Object.entries(PLAYS))('%s', (_, { play, record, oa }) => {
  it.each(RETRIED_ERRORS)('comes to the same end when every call fails with %s at first', async (error) => {
    const world = new OfficeWorld(failingAtFirst(error));

    await play(world);

    await handInOffice(world, event, { record, oa });
  });
});

describe('an office request of which an operator has a step tried again', () => {
  it.each(RETRIED_ERRORS)('comes to the same end when the operators are asked after %s at first', async (error) => {
    const { fault, ...others } = failingAtFirst(error);
    let isDown = true;
    const world = new OfficeWorld({
      ...others,
      fault: (call, name, payload) => {
        if (isDown && name === 'NumberDocument') {
          return 'refused';
        }
        return fault?.(call, name, payload);
      },
    });
    await world.submit(event);
    await world.approve();
    isDown = false;
    await world.decide('operators', 'retry');

    await handInOffice(world, event, { record: 'approve !NumberDocument retry approved', oa: 'accepted approved' });
  });
});
