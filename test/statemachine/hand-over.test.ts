import { describe, expect, it, vi } from 'vitest';
import { handOverTasks, previewHandOver } from '../../functions/approvals/hand-over.ts';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import { directoryData, requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

const MANAGER = 'E-2001';
const HEAD = 'E-3001';
const CHIEF = 'E-0002';
const order = { from: HEAD, to: CHIEF, by: 'Lin' };

describe('the tasks of somebody who leaves', () => {
  it('are shown before, move in one operation, and are decided for who left', async () => {
    const world = new PurchaseWorld();
    const [first, second] = [requisitionEvent(), requisitionEvent({ requestId: 'PR-2' })];
    await world.submit(first);
    await world.decide(MANAGER, 'approve');
    await world.submit(second);
    const deps = world.decisionDeps();
    const commits = world.store.commits;

    const shown = await previewHandOver(deps, order);
    expect(world.store.commits).toBe(commits);
    expect(shown.map(({ levels, refusal }) => [...levels, refusal])).toEqual([
      ['Department head', undefined],
      ['Department head', undefined],
    ]);
    expect(await handOverTasks(deps, order)).toEqual(shown);
    await world.run();

    expect(await previewHandOver(deps, order)).toEqual([]);
    // Who is no longer asked is told, and who is asked now gets a link.
    const { email } = (await world.directory.person(HEAD)) ?? { email: '' };
    expect(world.mails.filter(({ to }) => to === email).at(-1)?.subject).toContain('无需处理');
    expect(await world.decide(CHIEF, 'approve')).toMatchObject({ kind: 'decided', outcome: 'approved' });
    expect(world.erp.allOrders()).toHaveLength(1);
    const decision = (await world.record(first)).findLast(({ type }) => type === 'DecisionMade');
    expect(decision?.facts).toMatchObject({ employeeId: CHIEF, onBehalfOf: HEAD });
    expect(await world.damages(first)).toEqual([]);
  });

  it('that fail keep no other from moving, and are returned with the reason', async () => {
    const world = new PurchaseWorld();
    await world.submit(requisitionEvent());
    await world.submit(requisitionEvent({ requestId: 'PR-2' }));
    const deps = world.decisionDeps();
    const failing = (await previewHandOver(deps, order))[0]?.processId;
    const commit = world.store.commit.bind(world.store);
    vi.spyOn(world.store, 'commit').mockImplementation((transaction) =>
      transaction.changes.some(({ key }) => key.partition.includes(failing ?? '-'))
        ? Promise.reject(new Error('the store is full'))
        : commit(transaction),
    );

    const [first, second] = await handOverTasks(deps, order);

    expect(first).toMatchObject({ processId: failing, refusal: 'the store is full' });
    expect(second).toMatchObject({ levels: ['Department head'] });
    expect(second?.refusal).toBeUndefined();
  });

  it('that the other may not have are shown with the reason, and stay', async () => {
    const world = new PurchaseWorld();
    await world.submit(requisitionEvent());
    const toRequester = { ...order, from: MANAGER, to: 'E-1001' };

    const moved = await handOverTasks(world.decisionDeps(), toRequester);

    expect(moved).toMatchObject([{ levels: ['Manager'], refusal: 'whoever is named is the requester' }]);
    expect(await world.entryTypes(requisitionEvent())).not.toContain('TaskHandedOver');
    const refused = (await world.record(requisitionEvent())).find(({ type }) => type === 'HandOverRefused');
    expect(refused?.facts).toMatchObject({
      operator: order.by,
      from: MANAGER,
      to: 'E-1001',
      refusal: 'unfit-person',
      message: 'whoever is named is the requester',
    });
    expect(await world.decide(MANAGER, 'approve')).toMatchObject({ kind: 'decided' });
  });
});

describe('somebody who is on leave', () => {
  it('is not asked: their substitute gets the mail, decides for them, and the order is made', async () => {
    const leave = { from: '2025-12-20T00:00:00+08:00', until: '2026-02-01T00:00:00+08:00', substituteId: CHIEF };
    const people = directoryData.people.map((person) =>
      person.employeeId === HEAD ? { ...person, absences: [leave] } : person,
    );
    const world = new PurchaseWorld({ directory: createFileDirectory({ ...directoryData, people }) });
    const event = requisitionEvent();
    await world.submit(event);
    await world.decide(MANAGER, 'approve');
    await expect(world.linkOf(HEAD)).rejects.toThrow('no link was mailed');

    expect(await world.decide(CHIEF, 'approve')).toMatchObject({ kind: 'decided', outcome: 'approved' });

    expect(world.erp.allOrders()).toHaveLength(1);
    expect(await world.entryTypes(event)).toContain('SubstituteAsked');
    const decision = (await world.record(event)).findLast(({ type }) => type === 'DecisionMade');
    expect(decision?.facts).toMatchObject({ employeeId: CHIEF, onBehalfOf: HEAD });
  });
});
