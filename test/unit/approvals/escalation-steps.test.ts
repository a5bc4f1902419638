/** Nobody answers: reminders and escalations come again and again, up the chain, until the deadline. */
import { describe, expect, it } from 'vitest';
import { ringAlarm } from '../../../functions/process/ring-alarm.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';

const [MANAGER, HEAD] = ['E-2001', 'E-3001'];

async function stepsOf(world: PurchaseWorld) {
  const entries = await world.record(requisitionEvent());
  return entries
    .filter(({ type }) => type === 'LevelReminded' || type === 'LevelEscalated')
    .map(({ type, facts, occurredAt }) => [
      type,
      facts.step,
      facts.addedIds ?? facts.approverIds,
      occurredAt.slice(8, 13),
    ]);
}

/** The manager has 120 hours, is reminded every 24, and somebody else comes in every 48. */
async function waiting() {
  const world = new PurchaseWorld();
  await world.submit(requisitionEvent());
  return world;
}

describe('a level on which nobody answers', () => {
  it('reminds after each period in which it does not escalate, and goes up the chain after each of the longer ones', async () => {
    const world = await waiting();
    await world.advance(119);

    const all = await stepsOf(world);
    const above = (await world.directory.person(HEAD))?.managerId;
    expect(all.filter(([type]) => type === 'LevelEscalated')).toEqual([
      ['LevelEscalated', 1, [HEAD], '03T00'],
      ['LevelEscalated', 2, [above], '05T00'],
    ]);
    const reminders = all.filter(([type, step]) => type === 'LevelReminded' && step !== undefined);
    expect(reminders.map(([, step, , at]) => [step, at])).toEqual([
      [1, '02T00'],
      [2, '04T00'],
    ]);
    await world.advance(2);
    expect(await world.entryTypes(requisitionEvent())).toContain('ApprovalClosed');
    expect(world.alarms.next()).toBeUndefined();
    expect(await world.damages(requisitionEvent())).toEqual([]);
  });

  it('has no alarm left of those that would have come next, once somebody has answered', async () => {
    const world = await waiting();
    await world.advance(50);
    await world.decide(MANAGER, 'reject', 'Not now');

    expect(world.alarms.next()).toBeUndefined();
  });

  it('hears an alarm that rings twice once, and sets the next one once', async () => {
    const world = await waiting();
    await world.advance(25);
    const { processId, waits } = await world.head(requisitionEvent());
    const [waitId = ''] = Object.keys(waits);
    const before = await world.record(requisitionEvent());

    await ringAlarm(world.decisionDeps(), { processId, waitId, purpose: 'remind' });

    expect(await world.record(requisitionEvent())).toEqual(before);
    expect((await world.head(requisitionEvent())).waits[waitId]?.steps).toEqual({ remind: 2, escalate: 1 });
  });
});
