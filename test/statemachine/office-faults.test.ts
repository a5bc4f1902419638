import { describe, expect, it } from 'vitest';
import { firstCallOf } from '../support/failing-at-first.ts';
import { handInOffice } from '../support/office-end.ts';
import { OfficeWorld, officeEvent } from '../support/office-world.ts';

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

describe('whatever dies, fails or is late during an office request', () => {
  async function persist(world: OfficeWorld): Promise<void> {
    for (const deed of [() => world.submit(event), () => world.approve()]) {
      await world.persist(deed);
    }
  }

  async function expectEnd(world: OfficeWorld): Promise<void> {
    const ids = new Set<string>();
    const repeated = world.notices.filter(({ messageId }) => ids.has(messageId) || !ids.add(messageId));
    for (const notice of repeated) {
      world.notices.splice(world.notices.lastIndexOf(notice), 1);
    }
    expect(world.store.effects()).toEqual([]);
    expect(await numbersIn(world)).toEqual(['SEAL-2026-0001']);
    await handInOffice(world, event, { record: 'approve approved', oa: 'accepted approved' });
  }

  it.each(['dies-before', 'dies-after'] as const)(
    'bears a function that %s its work at any one of its calls',
    async (fault) => {
      const healthy = new OfficeWorld();
      await persist(healthy);
      const total = healthy.calls.length;

      for (let victim = 1; victim <= total; victim += 1) {
        const world = new OfficeWorld({ fault: (call) => (call === victim ? fault : undefined), seed: victim });
        await persist(world);
        await expectEnd(world);
      }
      expect(total).toBeGreaterThanOrEqual(6);
    },
  );

  it.each(['before', 'after'] as const)('bears a store that fails %s any one commit', async (when) => {
    const healthy = new OfficeWorld();
    await persist(healthy);
    const total = healthy.store.commits;

    for (let victim = 1; victim <= total; victim += 1) {
      const world = new OfficeWorld({ seed: victim });
      world.store.commitFault = (commit) => (commit === victim ? when : undefined);
      await persist(world);
      await expectEnd(world);
    }
    expect(total).toBeGreaterThan(10);
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
