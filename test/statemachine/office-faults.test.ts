import { describe, expect, it } from 'vitest';
import { firstCallOf } from '../support/failing-at-first.ts';
import { handInOffice } from '../support/office-end.ts';
import { HEAD, OfficeWorld, officeEvent } from '../support/office-world.ts';
import type { End } from '../support/path-coverage.ts';

const event = officeEvent();
const PATIENCE = 60;
const STEPS = [
  'RegisterRequest',
  'CheckOfficeRequest',
  'RouteOfficeRequest',
  'OpenLevel',
  'NumberDocument',
  'CloseOfficeRequest',
];
const WAYS = ['dies-before', 'dies-after', { error: 'ConnectorTransientError' }] as const;
const CASES = STEPS.flatMap((step) => WAYS.map((fault) => ({ step, fault, way: JSON.stringify(fault) })));

async function approved(world: OfficeWorld, filed = event): Promise<OfficeWorld> {
  await world.submit(filed);
  await world.approve();
  return world;
}

async function numbersIn(world: OfficeWorld, filed = event): Promise<readonly unknown[]> {
  const record = await world.record(filed);
  return record.filter(({ type }) => type === 'DocumentNumbered').map(({ facts }) => facts.number);
}

describe('whatever step fails once', () => {
  it.each(CASES)(
    '$step $way: a document gets one number, and the next one the number after it',
    async ({ step, fault }) => {
      const world = await approved(new OfficeWorld({ fault: firstCallOf(step, fault), patience: PATIENCE }));
      const next = officeEvent({ requestId: 'OF-2' });
      await approved(world, next);

      expect(await numbersIn(world)).toEqual(['SEAL-2026-0001']);
      expect(await numbersIn(world, next)).toEqual(['SEAL-2026-0002']);
      await handInOffice(world, event, { record: 'approve approved', oa: expect.stringContaining('approved') });
    },
  );
});

interface Story {
  readonly deeds: readonly ((world: OfficeWorld) => Promise<unknown>)[];
  readonly end: Pick<End, 'record' | 'oa'>;
  readonly numbers: readonly string[];
}

const submit = (world: OfficeWorld) => world.submit(event);
const hold = (world: OfficeWorld) => world.hold(event);
const approve = (world: OfficeWorld) => world.approve();
const NUMBERED = ['SEAL-2026-0001'];

const STORIES: Readonly<Record<string, Story>> = {
  'that is approved': {
    deeds: [submit, approve],
    end: { record: 'approve approved', oa: 'accepted approved' },
    numbers: NUMBERED,
  },
  'that is returned, changed and approved': {
    deeds: [submit, (world) => world.returnIt(HEAD, 'Three copies'), (world) => world.resubmit(event), approve],
    end: { record: 'return approve approved', oa: 'accepted returned accepted approved' },
    numbers: NUMBERED,
  },
  'that is held and released': {
    deeds: [submit, hold, approve, (world) => world.release(event)],
    end: { record: 'approve approved', oa: 'accepted approved' },
    numbers: NUMBERED,
  },
  'that is withdrawn while it is held': {
    deeds: [submit, hold, approve, (world) => world.withdraw(event)],
    end: { record: 'approve withdrawn', oa: 'accepted withdrawn' },
    numbers: [],
  },
};

describe.each(Object.entries(STORIES))('an office request %s', (_, { deeds, end, numbers }) => {
  async function persist(world: OfficeWorld): Promise<OfficeWorld> {
    for (const deed of deeds) {
      await world.persist(() => deed(world));
    }
    return world;
  }

  async function expectEnd(world: OfficeWorld): Promise<void> {
    const ids = new Set<string>();
    const repeated = world.notices.filter(({ messageId }) => ids.has(messageId) || !ids.add(messageId));
    for (const notice of repeated) {
      world.notices.splice(world.notices.lastIndexOf(notice), 1);
    }
    expect(world.store.effects()).toEqual([]);
    expect(await numbersIn(world)).toEqual(numbers);
    await handInOffice(world, event, end);
  }

  it.each(['dies-before', 'dies-after'] as const)(
    'bears a function that %s its work at any one of its calls',
    async (fault) => {
      const total = (await persist(new OfficeWorld())).calls.length;

      for (let victim = 1; victim <= total; victim += 1) {
        const world = new OfficeWorld({ fault: (call) => (call === victim ? fault : undefined), seed: victim });
        await expectEnd(await persist(world));
      }
      expect(total).toBeGreaterThanOrEqual(6);
    },
  );

  it.each(['before', 'after'] as const)('bears a store that fails %s any one commit', async (when) => {
    const total = (await persist(new OfficeWorld())).store.commits;

    for (let victim = 1; victim <= total; victim += 1) {
      const world = new OfficeWorld({ seed: victim });
      world.store.commitFault = (commit) => (commit === victim ? when : undefined);
      await expectEnd(await persist(world));
    }
    expect(total).toBeGreaterThan(10);
  });

  it('bears an engine that is killed and started again at every wait', async () => {
    const world = new OfficeWorld();
    for (const deed of deeds) {
      await deed(world);
      world.engine.restart();
    }

    await expectEnd(world);
  });
});

describe('an OA that is down', () => {
  it('gets every answer when it is up again', async () => {
    const world = new OfficeWorld();
    world.oaIsDown = true;
    await approved(world);
    expect(world.notices).toEqual([]);

    world.oaIsDown = false;
    await world.advance(24);
    await world.sweep();

    await handInOffice(world, event, { record: 'approve approved', oa: 'accepted approved' });
  });
});
