/** Whatever dies, fails or is late, wherever it does, during a leave that is granted and one that is withdrawn. */
import { describe, expect, it } from 'vitest';
import { handInLeave } from '../support/leave-end.ts';
import { LeaveWorld, leaveEvent, MANAGER } from '../support/leave-world.ts';
import type { End } from '../support/path-coverage.ts';
import type { Fault } from '../support/process-world.ts';

const event = leaveEvent();
const BOOKED = 'annual 2026-03-06 8, 2026-03-09 8';
/** From the filing to after the first day, in hours. */
const BEGUN = 24 * 70;

interface Story {
  readonly last: (world: LeaveWorld) => Promise<unknown>;
  readonly end: End;
}

const STORIES: Readonly<Record<string, Story>> = {
  'that is granted': {
    last: (world) => world.advance(BEGUN),
    end: { record: 'approve granted', erp: BOOKED, oa: 'accepted approved recorded taken' },
  },
  'that is withdrawn': {
    last: (world) => world.withdraw(event),
    end: { record: 'approve withdrawn', erp: 'annual cancelled', oa: 'accepted approved recorded withdrawn' },
  },
};

/** Whoever does something does it again when it fails, as people and queues do; what needs time gets it. */
async function persist(world: LeaveWorld, { last }: Story): Promise<void> {
  for (const deed of [() => world.submit(event), () => world.decide(MANAGER, 'approve'), () => last(world)]) {
    await world.persist(deed);
  }
}

/** The OA may be told again, and knows it by its id; all else is as if nothing had failed. */
async function expectEnd(world: LeaveWorld, end: End): Promise<void> {
  const ids = new Set<string>();
  const repeated = world.notices.filter(({ messageId }) => ids.has(messageId) || !ids.add(messageId));
  for (const notice of repeated) {
    world.notices.splice(world.notices.lastIndexOf(notice), 1);
  }
  expect(world.store.effects()).toEqual([]);
  expect(world.time.allAbsences()).toHaveLength(1);
  await handInLeave(world, event, end);
}

describe.each(Object.entries(STORIES))('a leave %s', (_, story) => {
  it.each<Fault>(['dies-before', 'dies-after'])(
    'bears a function that dies at any one of its calls (%s its work)',
    async (fault) => {
      const healthy = new LeaveWorld();
      await persist(healthy, story);
      const total = healthy.calls.length;

      for (let victim = 1; victim <= total; victim += 1) {
        const world = new LeaveWorld({ fault: (call) => (call === victim ? fault : undefined), seed: victim });
        await persist(world, story);
        await expectEnd(world, story.end);
      }
      expect(total).toBeGreaterThanOrEqual(7);
    },
  );

  it.each(['before', 'after'] as const)('bears a store that fails %s any one commit', async (when) => {
    const healthy = new LeaveWorld();
    await persist(healthy, story);
    const total = healthy.store.commits;

    for (let victim = 1; victim <= total; victim += 1) {
      const world = new LeaveWorld({ seed: victim });
      world.store.commitFault = (commit) => (commit === victim ? when : undefined);
      await persist(world, story);
      await expectEnd(world, story.end);
    }
    expect(total).toBeGreaterThan(15);
  });

  it('is told to an OA that was down in full once it is up again', async () => {
    const world = new LeaveWorld();
    world.oaIsDown = true;
    await persist(world, story);
    expect(world.notices).toEqual([]);

    world.oaIsDown = false;
    await world.advance(1);
    await world.sweep();

    await expectEnd(world, story.end);
  });
});

describe('what a requester says of a leave', () => {
  it('before the leave itself has come is unknown, changes nothing, and counts when it comes again', async () => {
    const world = new LeaveWorld();

    expect(await world.withdraw(event)).toBe('unknown');
    expect(world.store.commits).toBe(0);
    await world.submit(event);
    expect(await world.withdraw(event)).toBe('withdrawn');

    await handInLeave(world, event, { record: 'withdrawn', erp: 'nothing', oa: 'accepted withdrawn' });
  });

  it('of its withdrawal is answered once, however often it comes', async () => {
    const world = new LeaveWorld();
    await world.submit(event);
    await world.approve();
    await world.withdraw(event);
    const before = await world.entryTypes(event);

    expect(await world.withdraw(event)).toBe('withdrawn');
    await world.advance(2);

    expect(await world.entryTypes(event)).toEqual(before);
    const oa = 'accepted approved recorded withdrawn';
    await handInLeave(world, event, { record: 'approve withdrawn', erp: 'annual cancelled', oa });
  });

  it('in the place of what was returned is taken once, however often it comes', async () => {
    const world = new LeaveWorld();
    await world.submit(event);
    await world.returnIt(MANAGER, 'Please come back for the audit');
    const changed = { changes: { to: '2026-03-06' } };
    await world.resubmit(event, changed);
    const before = await world.entryTypes(event);

    expect(await world.resubmit(event, changed)).toBe('taken');
    expect(await world.entryTypes(event)).toEqual(before);
    await world.approve();
    expect(await world.resubmit(event, changed)).toBe('taken');

    await handInLeave(world, event, {
      record: 'return approve (Approved leave)',
      erp: 'annual 2026-03-06 8',
      oa: 'accepted returned accepted approved recorded',
    });
  });
});

describe('a leave that is recorded and moved to other days', () => {
  const moved = leaveEvent({ requestId: 'LV-2', leave: { from: '2026-03-09', to: '2026-03-11' } });

  it('by a withdrawal and a new request is one absence, of the new days, and costs the balance those only', async () => {
    // Prepare
    const world = new LeaveWorld();
    await world.submit(event);
    await world.approve();
    await world.withdraw(event);

    // Act
    await world.submit(moved);
    await world.approve();

    // Assess
    expect(await world.absentOn()).toEqual(['2026-03-09', '2026-03-10', '2026-03-11']);
    expect(balanceShownFor(world, moved)).toBe('10 / 0 / 7');
    const next = leaveEvent({ requestId: 'LV-3', leave: { from: '2026-04-13', to: '2026-04-14' } });
    await world.submit(next);
    expect(balanceShownFor(world, next)).toBe('10 / 3 / 5');
    const erp = 'annual cancelled; annual 2026-03-09 8, 2026-03-10 8, 2026-03-11 8';
    const oa = ['accepted', 'approved', 'recorded', 'withdrawn'];
    expect(world.toldOf(event)).toEqual(oa);
    expect(world.toldOf(moved)).toEqual(oa.slice(0, 3));
    await handInLeave(world, moved, { record: 'approve (Approved leave)', erp, oa: expect.any(String) });
  });
});

/** Entitlement, taken and left, as the manager is shown them. */
function balanceShownFor(world: LeaveWorld, { leave }: ReturnType<typeof leaveEvent>): string | undefined {
  const mail = world.mails.find(({ text }) => text.includes(`第一天：${leave.from}`) && text.includes('/d/'));
  return /\d+ \/ \d+ \/ \d+/.exec(mail?.text ?? '')?.[0];
}
