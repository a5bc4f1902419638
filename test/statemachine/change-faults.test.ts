/** Whatever dies, fails or is late, wherever it does, during a change: carried out, returned, held or withdrawn. */
import { describe, expect, it } from 'vitest';
import { handInChange } from '../support/change-end.ts';
import { ChangeWorld, changeEvent, DEPARTMENTS } from '../support/change-world.ts';
import type { End } from '../support/path-coverage.ts';
import type { Fault } from '../support/process-world.ts';

const event = changeEvent();
const YES = 'approve approve approve approve';

interface Story {
  readonly deeds: readonly ((world: ChangeWorld) => Promise<unknown>)[];
  readonly versions: number;
  readonly end: End;
}

const submit = (world: ChangeWorld) => world.submit(event);
const hold = (world: ChangeWorld) => world.hold(event);
const release = (world: ChangeWorld) => world.release(event);
const withdraw = (world: ChangeWorld) => world.withdraw(event);
const untilItsDay = (world: ChangeWorld) => world.advance(24 * 60);
const approve = DEPARTMENTS.map((person) => (world: ChangeWorld) => world.decide(person, 'approve'));

const STORIES: Readonly<Record<string, Story>> = {
  'that is carried out': {
    deeds: [submit, ...approve, untilItsDay],
    versions: 1,
    end: {
      record: `${YES} implemented`,
      erp: 'P-3001 1, P-4001 0.2; in-force',
      oa: 'accepted approved recorded implemented',
    },
  },
  'that is withdrawn': {
    deeds: [submit, ...approve, withdraw],
    versions: 1,
    end: {
      record: `${YES} withdrawn`,
      erp: 'P-3001 1, P-4001 0.25; discarded',
      oa: 'accepted approved recorded withdrawn',
    },
  },
  'that is returned, altered and carried out': {
    deeds: [
      submit,
      (world) => world.returnIt('E-3002', 'Please ask the supplier first'),
      (world) => world.resubmit(event),
      ...approve,
      untilItsDay,
    ],
    versions: 1,
    end: {
      record: `return ${YES} implemented`,
      erp: 'P-3001 1, P-4001 0.2; in-force',
      oa: 'accepted returned accepted approved recorded implemented',
    },
  },
  'that is held before it is prepared, and again on its day': {
    deeds: [submit, hold, ...approve, release, hold, untilItsDay, release],
    versions: 1,
    end: {
      record: `${YES} implemented`,
      erp: 'P-3001 1, P-4001 0.2; in-force',
      oa: 'accepted approved recorded implemented',
    },
  },
  'that is withdrawn while it is held': {
    deeds: [submit, hold, ...approve, withdraw],
    versions: 0,
    end: { record: `${YES} withdrawn`, erp: 'P-3001 1, P-4001 0.25', oa: 'accepted approved withdrawn' },
  },
};

/** Whoever does something does it again when it fails, as people and queues do; what needs time gets it. */
async function persist(world: ChangeWorld, { deeds }: Story): Promise<void> {
  for (const deed of deeds) {
    await world.persist(() => deed(world));
  }
}

/** The OA may be told again, and knows it by its id; all else is as if nothing had failed. */
async function expectEnd(world: ChangeWorld, { end, versions }: Story): Promise<void> {
  const ids = new Set<string>();
  const repeated = world.notices.filter(({ messageId }) => ids.has(messageId) || !ids.add(messageId));
  for (const notice of repeated) {
    world.notices.splice(world.notices.lastIndexOf(notice), 1);
  }
  expect(world.store.effects()).toEqual([]);
  expect(world.engineering.allVersions()).toHaveLength(versions);
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
        await expectEnd(world, story);
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
      await expectEnd(world, story);
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
      await expectEnd(world, story);
    }
    expect(total).toBeGreaterThanOrEqual(2);
  });

  it('bears an engine that is killed and started again at every wait', async () => {
    const world = new ChangeWorld();
    for (const deed of story.deeds) {
      await deed(world);
      world.engine.restart();
    }

    await expectEnd(world, story);
  });
});
