import { describe, it } from 'vitest';
import { handInChange } from '../support/change-end.ts';
import { ChangeWorld, changeEvent } from '../support/change-world.ts';
import { failingAtFirst, RETRIED_ERRORS } from '../support/failing-at-first.ts';
import type { End } from '../support/path-coverage.ts';

const event = changeEvent();
const BEFORE = 'P-3001 1, P-4001 0.25';
const YES = 'approve approve approve approve';

interface Play {
  readonly play: (world: ChangeWorld) => Promise<void>;
  readonly end: End;
}

/** Together they enter every state that tries again. */
const PLAYS: Readonly<Record<string, Play>> = {
  'a change that is carried out': {
    play: async (world) => {
      await world.submit(event);
      await world.approve();
      await world.advance(24 * 60);
    },
    end: {
      record: `${YES} implemented`,
      erp: 'P-3001 1, P-4001 0.2; in-force',
      oa: 'accepted approved recorded implemented',
    },
  },
  'a change that is held and released': {
    play: async (world) => {
      await world.submit(event);
      await world.hold(event);
      await world.approve();
      await world.release(event);
    },
    end: { record: `${YES} (Approved change)`, erp: `${BEFORE}; prepared`, oa: 'accepted approved recorded' },
  },
  'a change that is withdrawn before its day': {
    play: async (world) => {
      await world.submit(event);
      await world.approve();
      await world.withdraw(event);
    },
    end: { record: `${YES} withdrawn`, erp: `${BEFORE}; discarded`, oa: 'accepted approved recorded withdrawn' },
  },
  'a change that is returned and altered': {
    play: async (world) => {
      await world.submit(event);
      await world.returnIt('E-3002');
      await world.resubmit(event);
    },
    end: { record: 'return (Change approval)', erp: BEFORE, oa: 'accepted returned accepted' },
  },
  'a change of which an operator has a step tried again': {
    play: async (world) => {
      world.engineering.fault = (operation) => (operation === 'readBom' ? 'refuses' : undefined);
      await world.submit(event);
      world.engineering.fault = () => undefined;
      await world.decide('operators', 'retry');
    },
    end: { record: '!CheckChange retry (Change approval)', erp: BEFORE, oa: 'accepted' },
  },
};

describe.each(Object.entries(PLAYS))('%s', (_, { play, end }) => {
  it.each(RETRIED_ERRORS)('comes to the same end when every call fails with %s at first', async (error) => {
    const world = new ChangeWorld(failingAtFirst(error));

    await play(world);

    await handInChange(world, event, end);
  });
});
