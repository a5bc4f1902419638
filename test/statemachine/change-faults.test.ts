/** Whatever dies, fails or is late, wherever it does, during a change that is carried out and one that is withdrawn. */
import { describe, expect, it } from 'vitest';
import { handInChange } from '../support/change-end.ts';
import { ChangeWorld, changeEvent, DEPARTMENTS } from '../support/change-world.ts';
import type { End } from '../support/path-coverage.ts';
import type { Fault } from '../support/process-world.ts';

const event = changeEvent();
const YES = 'approve approve approve approve';

interface Story {
  readonly last: (world: ChangeWorld) => Promise<unknown>;
  readonly end: End;
}

const STORIES: Readonly<Record<string, Story>> = {
  'that is carried out': {
    last: (world) => world.advance(24 * 60),
    end: {
      record: `${YES} implemented`,
      erp: 'P-3001 1, P-4001 0.2; in-force',
      oa: 'accepted approved recorded implemented',
    },
  },
  'that is withdrawn': {
    last: (world) => world.withdraw(event),
    end: {
      record: `${YES} withdrawn`,
      erp: 'P-3001 1, P-4001 0.25; discarded',
      oa: 'accepted approved recorded withdrawn',
    },
  },
};

/** Whoever does something does it again when it fails, as people and queues do; what needs time gets it. */
async function persist(world: ChangeWorld, { last }: Story): Promise<void> {
  const decisions = DEPARTMENTS.map((person) => () => world.decide(person, 'approve'));
  for (const deed of [() => world.submit(event), ...decisions, () => last(world)]) {
    await world.persist(deed);
  }
}

/** The OA may be told again, and knows it by its id; all else is as if nothing had failed. */
async function expectEnd(world: ChangeWorld, end: End): Promise<void> {
  const ids = new Set<string>();
  const repeated = world.notices.filter(({ messageId }) => ids.has(messageId) || !ids.add(messageId));
  for (const notice of repeated) {
    world.notices.splice(world.notices.lastIndexOf(notice), 1);
  }
  expect(world.store.effects()).toEqual([]);
  expect(world.engineering.allVersions()).toHaveLength(1);
  await handInChange(world, event, end);
}

describe.each(Object.entries(STORIES))('an engineering change %s', (_, story) => {
  it.each<Fault>(['dies-before', 'dies-after'])(
    'bears a function that dies at any one of its calls (%s its work)',
    async (fault) => {
      const healthy = new ChangeWorld();
      await persist(healthy, story);
      const total = healthy.calls.length;

      for (let victim = 1; victim <= total; victim += 1) {
        const world = new ChangeWorld({ fault: (call) => (call === victim ? fault : undefined), seed: victim });
        await persist(world, story);
        await expectEnd(world, story.end);
      }
      expect(total).toBeGreaterThanOrEqual(7);
    },
  );

  it.each(['before', 'after'] as const)('bears a store that fails %s any one commit', async (when) => {
    const healthy = new ChangeWorld();
    await persist(healthy, story);
    const total = healthy.store.commits;

    for (let victim = 1; victim <= total; victim += 1) {
      const world = new ChangeWorld({ seed: victim });
      world.store.commitFault = (commit) => (commit === victim ? when : undefined);
      await persist(world, story);
      await expectEnd(world, story.end);
    }
    expect(total).toBeGreaterThan(15);
  });

  it.each(['down', 'lost-reply'] as const)('bears an ERP that is %s at any one call', async (fault) => {
    const healthy = new ChangeWorld();
    await persist(healthy, story);
    const total = healthy.engineering.calls.length;

    for (let victim = 1; victim <= total; victim += 1) {
      const world = new ChangeWorld({ seed: victim, patience: 60 });
      world.engineering.fault = (_operation, call) => (call === victim ? fault : undefined);
      await persist(world, story);
      await expectEnd(world, story.end);
    }
    expect(total).toBeGreaterThanOrEqual(4);
  });
});
