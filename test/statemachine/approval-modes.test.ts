/** Approvals of every kind through the real machines: one order in the end, and a record that tells how it came. */
import { describe, expect, it } from 'vitest';
import type { Wish } from '../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalLevelRule } from '../../functions/approvals/domain/level-rule.ts';
import { openLevel } from '../../functions/approvals/open-level.ts';
import { createWaitClock } from '../../functions/calendar/wait-clock.ts';
import { companyPolicies, requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

const event = requisitionEvent();
const TIMES = { remindAfterHours: 24, escalateAfterHours: 48, expireAfterHours: 120 };
const MANAGER = 'E-2001';
const HEAD = 'E-3001';
const FINANCE = 'E-3003';
const BUYER = 'E-4001';
const CHIEF = 'E-0002';
const approve: Wish = { kind: 'decide', action: 'approve', comment: '' };

function level(name: string, rules: string, mode: ApprovalLevelRule['mode'], isParallel = false): ApprovalLevelRule {
  const approvers = rules.split(', ').map((rule) => ({ rule, weight: 1 }));
  return { level: name, approvers, mode, isParallel, ...TIMES };
}

/** A purchase whose order is approved as the rules say, and which is otherwise as always. */
async function asked(...rules: readonly ApprovalLevelRule[]): Promise<PurchaseWorld> {
  const world = new PurchaseWorld({
    policies: {
      ...companyPolicies,
      approvalLevels: async (input) => (input.subject === 'order' ? rules : companyPolicies.approvalLevels(input)),
    },
  });
  await world.submit(event);
  return world;
}

async function expectOrdered(world: PurchaseWorld, ...types: readonly string[]): Promise<void> {
  expect(world.erp.allOrders()).toHaveLength(1);
  expect(await world.entryTypes(event)).toEqual(expect.arrayContaining([...types]));
  expect(await world.damages(event)).toEqual([]);
}

const done = { kind: 'done' };
const decided = { kind: 'decided' };

describe('an order is made once', () => {
  it('when everybody has signed, and nobody is asked for what the others must still say', async () => {
    const world = await asked(level('Signers', 'manager, department-head, post:finance-director', { kind: 'all' }));
    await world.act(MANAGER, approve);
    await world.act(FINANCE, approve);
    expect(world.erp.allOrders()).toEqual([]);
    expect((await world.head(event)).phase).toBe('Order approval');

    expect(await world.act(HEAD, approve)).toMatchObject({ kind: 'decided', outcome: 'approved' });

    await expectOrdered(world, 'DecisionMade');
    expect((await world.entryTypes(event)).filter((type) => type === 'DecisionMade')).toHaveLength(3);
  });

  it('when twenty people sign at the same instant, each voice counted once', async () => {
    const world = await asked(
      level('Signers', 'manager, department-head, post:finance-director, post:general-manager', { kind: 'all' }),
    );
    const links = await Promise.all([MANAGER, HEAD, FINANCE, CHIEF].map((id) => world.linkOf(id)));

    const clicks = links.flatMap((link) => Array.from({ length: 5 }, () => world.actByLink(link, approve)));
    const results = await Promise.allSettled(clicks);
    await world.run();

    const kinds = results.map((result) => (result.status === 'fulfilled' ? result.value.kind : 'again'));
    expect(kinds.filter((kind) => kind === 'decided').length).toBe(4);
    await expectOrdered(world, 'DecisionMade');
  });

  it('by who stands above, when nobody is left in a quorum whose limit covers the amount', async () => {
    const world = await asked(level('Board', 'manager, department-head, post:buyer', { kind: 'quorum', needed: 2 }));
    const reject: Wish = { kind: 'decide', action: 'reject', comment: 'too dear' };
    expect(await world.act(HEAD, reject)).toMatchObject({ kind: 'decided', outcome: 'undecided' });
    expect((await world.record(event)).find(({ type }) => type === 'LevelOutOfReach')?.facts).toMatchObject({
      lack: 'authority',
      addedIds: [await world.lastAsked()],
    });

    expect(await world.act(await world.lastAsked(), approve)).toMatchObject({ outcome: 'approved' });

    await expectOrdered(world, 'LevelOutOfReach');
  });

  it('one after the other, with the next asked only when it is their turn', async () => {
    const world = await asked(level('Line', 'chain', { kind: 'in-turn' }));
    await expect(world.linkOf(HEAD)).rejects.toThrow('no link was mailed');
    await world.act(MANAGER, approve);

    await world.act(HEAD, approve);

    await expectOrdered(world, 'DecisionMade');
  });

  it('by levels that stand beside each other, in whatever order', async () => {
    const beside = level('Buyer', 'post:buyer', { kind: 'any' }, true);
    const world = await asked(
      level('Manager', 'manager', { kind: 'any' }),
      beside,
      level('Head', 'department-head', { kind: 'any' }),
    );
    await world.act(BUYER, approve);
    await world.act(MANAGER, approve);

    await world.act(HEAD, approve);

    await expectOrdered(world, 'LevelOpened');
  });

  it('after a claim, a signer before, an opinion and a transfer, each told in the record', async () => {
    const world = await asked(level('Group', 'department-head, post:finance-director', { kind: 'claim' }));
    expect(await world.act(HEAD, approve)).toMatchObject({ kind: 'refused', refusal: 'claim-first' });
    expect(await world.act(HEAD, { kind: 'claim', comment: '' })).toMatchObject(done);
    expect(await world.act(FINANCE, approve)).toMatchObject({ refusal: 'taken-by-another' });
    // People are named as the one who writes knows them.
    const signer: Wish = { kind: 'add-signer', to: '孙丽 Sun Li', where: 'before', comment: 'is it in stock?' };
    expect(await world.act(HEAD, signer)).toMatchObject(done);
    expect(await world.act(BUYER, approve)).toMatchObject(decided);
    expect(await world.act(HEAD, { kind: 'delegate', to: 'E-4005', comment: 'does it fit?' })).toMatchObject(done);
    expect(await world.act('E-4005', { kind: 'give-back', comment: 'it does' })).toMatchObject(done);
    expect(await world.act(HEAD, { kind: 'transfer', to: CHIEF, comment: '' })).toMatchObject(done);

    expect(await world.act(CHIEF, approve)).toMatchObject({ outcome: 'approved' });

    await expectOrdered(world, 'TaskClaimed', 'SignerAdded', 'TaskDelegated', 'DelegateAnswered', 'TaskTransferred');
    const last = (await world.record(event)).findLast(({ type }) => type === 'DecisionMade');
    expect(last?.facts).toMatchObject({ employeeId: CHIEF, onBehalfOf: HEAD });
  });

  it('after it went back a level, and a decision was taken back', async () => {
    const world = await asked(
      level('Manager', 'manager', { kind: 'any' }),
      level('Head', 'department-head', { kind: 'any' }),
    );
    await world.act(MANAGER, approve);
    const old = await world.linkOf(HEAD);
    expect(await world.act(HEAD, { kind: 'return-to-level', target: 0, comment: 'which supplier?' })).toMatchObject(
      done,
    );
    expect(await world.actByLink(old, approve)).toMatchObject({ refusal: 'already-decided' });
    await world.act(MANAGER, approve);
    expect(await world.act(MANAGER, { kind: 'take-back', comment: '' })).toMatchObject(done);
    expect((await world.head(event)).phase).toBe('Order approval');
    await world.act(MANAGER, approve);

    await world.act(HEAD, approve);

    await expectOrdered(world, 'ReturnedToLevel', 'DecisionTakenBack');
  });
});

describe('a level that is asked again', () => {
  const rungIn = async (world: PurchaseWorld) =>
    (await world.record(event))
      .filter(({ type }) => type === 'LevelReminded' || type === 'LevelEscalated')
      .map(({ type, facts }) => [type, facts.level, facts.step]);
  const once = [
    ['LevelReminded', 0, 1],
    ['LevelEscalated', 0, 1],
  ];

  it('reminds and escalates as it did before, each time that it was sent back or a decision taken back', async () => {
    const world = await asked(
      level('Manager', 'manager', { kind: 'any' }),
      level('Head', 'department-head', { kind: 'any' }),
    );
    await world.advance(49);
    await world.act(MANAGER, approve);
    await world.act(HEAD, { kind: 'return-to-level', target: 0, comment: 'which supplier?' });
    await world.advance(49);
    await world.act(MANAGER, approve);
    await world.act(MANAGER, { kind: 'take-back', comment: '' });
    await world.advance(49);

    const rung = (await rungIn(world)).filter(([, , step]) => step !== undefined);
    expect(rung).toEqual([...once, ...once, ...once]);
    await world.advance(72);
    expect(await world.head(event)).toMatchObject({ outcome: 'expired' });
  });

  it('does so by the new wait where the machine comes a second time', async () => {
    const world = await asked(level('Manager', 'manager', { kind: 'any' }));
    await world.advance(49);
    const { processId, waits } = await world.head(event);
    const { subject: approvalId = '' } = Object.values(waits)[0] ?? {};
    const { clock } = world.decisionDeps();
    const input = { processId, approvalId, waitId: 'another', token: 'another' };
    const waitClock = createWaitClock(undefined, 'Asia/Shanghai');

    await openLevel({ ...world.decisionDeps(), alarms: world.alarms, waitClock }, input);
    const openedAt = clock.now();
    await world.advance(49);

    const rung = await rungIn(world);
    expect(rung.filter(([, , step]) => step !== undefined)).toEqual([...once, ...once]);
    const { deadline } = (await world.head(event)).waits.another ?? {};
    expect(deadline).toBe(new Date(openedAt.getTime() + 120 * 3_600_000).toISOString());
  });
});

describe('no order is made', () => {
  it('when one of those who sign says no', async () => {
    const world = await asked(level('Signers', 'manager, department-head', { kind: 'all' }));
    await world.act(HEAD, approve);

    await world.act(MANAGER, { kind: 'decide', action: 'reject', comment: 'too dear' });

    expect(world.erp.allOrders()).toEqual([]);
    expect(await world.head(event)).toMatchObject({ outcome: 'rejected' });
  });

  it('when it is withdrawn while somebody signs', async () => {
    const world = await asked(level('Signers', 'manager, department-head', { kind: 'all' }));
    await world.act(HEAD, approve);
    const link = await world.linkOf(MANAGER);

    await Promise.allSettled([world.withdraw(event, 'E-1001'), world.actByLink(link, approve)]);
    await world.run();

    const { outcome } = await world.head(event);
    const orders = world.erp.allOrders().filter(({ state }) => state !== 'cancelled');
    expect(outcome).toBe('withdrawn');
    expect(orders).toEqual([]);
    expect(await world.damages(event)).toEqual([]);
  });
});
