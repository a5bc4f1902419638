import { describe, expect, it, vi } from 'vitest';
import { previewReroute, rerouteTasks } from '../../functions/approvals/re-route-tasks.ts';
import { type DirectoryData, parseDirectory } from '../../functions/directory/directory-file.ts';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import type { Policies } from '../../functions/policy/port.ts';
import { companyPolicies, directoryData, requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';
import { PLAIN_ASKED } from '../support/scopes.ts';

const MANAGER = 'E-2001';
const OTHER = 'E-2002';
const HEAD = 'E-3001';

function setUp(policies: Policies = companyPolicies) {
  const world = new PurchaseWorld();
  const order = { by: 'Lin', directoryVersion: 1 };
  const deps = (data: DirectoryData) => ({
    ...world.decisionDeps(),
    directory: createFileDirectory(data),
    policies,
  });
  return { world, order, deps };
}

function changed(employeeId: string, change: object): DirectoryData {
  const people = directoryData.people.map((one) => (one.employeeId === employeeId ? { ...one, ...change } : one));
  return parseDirectory(JSON.parse(JSON.stringify({ ...directoryData, people })));
}

describe('when the organisation changes', () => {
  it('an open task goes to whom the rules name now, is shown before, and both are told', async () => {
    const { world, order, deps } = setUp();
    const event = requisitionEvent();
    await world.submit(event);
    const next = deps(changed('E-1001', { managerId: OTHER }));
    const commits = world.store.commits;

    const shown = await previewReroute(next, order);
    expect(world.store.commits).toBe(commits);
    expect(shown).toMatchObject([
      {
        from: [{ approverIds: [MANAGER] }, { name: 'Department head' }],
        to: [{ approverIds: [OTHER] }, {}],
        isAskedAgain: true,
      },
    ]);
    expect(await rerouteTasks(next, order)).toEqual(shown.map((one) => ({ ...one, became: 'moved' })));
    await world.run();

    expect(await rerouteTasks(next, order)).toEqual([]);
    const { email } = (await world.directory.person(MANAGER)) ?? { email: '' };
    expect(world.mails.filter(({ to }) => to === email).at(-1)?.text).toContain('审批规则或组织架构已变更');
    expect(await world.decide(MANAGER, 'approve')).toMatchObject({ kind: 'refused', refusal: 'already-decided' });
    expect(await world.decide(OTHER, 'approve')).toMatchObject({ kind: 'decided', outcome: 'next-level' });
    expect(await world.decide(HEAD, 'approve')).toMatchObject({ outcome: 'approved' });
    expect(world.erp.allOrders()).toHaveLength(1);
    expect(await world.entryTypes(event)).toContain('TaskRerouted');
    expect(await world.damages(event)).toEqual([]);
  });

  it('a task whose change fails keeps no other from its change, and is returned with the reason', async () => {
    const { world, order, deps } = setUp();
    await world.submit(requisitionEvent());
    await world.submit(requisitionEvent({ requestId: 'PR-2' }));
    const next = deps(changed('E-1001', { managerId: OTHER }));
    const failing = (await previewReroute(next, order))[0]?.processId;
    const commit = world.store.commit.bind(world.store);
    vi.spyOn(world.store, 'commit').mockImplementation((transaction) =>
      transaction.changes.some(({ key }) => key.partition.includes(failing ?? '-'))
        ? Promise.reject(new Error('the store is full'))
        : commit(transaction),
    );

    const outcomes = await rerouteTasks(next, order);

    expect(outcomes).toMatchObject([{ became: 'failed', refusal: 'the store is full' }, { became: 'moved' }]);
  });

  it('a task of somebody who leaves goes to who stands above them', async () => {
    const { world, order, deps } = setUp();
    await world.submit(requisitionEvent());
    await world.decide(MANAGER, 'approve');

    const moved = await rerouteTasks(deps(changed(HEAD, { active: false })), order);
    await world.run();

    expect(moved).toMatchObject([{ from: [{ approverIds: [HEAD] }], isAskedAgain: true }]);
    expect(await world.lastAsked()).not.toBe(HEAD);
    expect(await world.decide(await world.lastAsked(), 'approve')).toMatchObject({ outcome: 'approved' });
  });

  it('a task that nobody could decide any more stays, and is shown with the reason', async () => {
    const { world, order, deps } = setUp();
    await world.submit(requisitionEvent());
    const people = directoryData.people.map((one) => (one.employeeId === 'E-1001' ? one : { ...one, active: false }));

    const moved = await rerouteTasks(deps({ ...directoryData, people }), order);

    expect(moved).toMatchObject([{ refusal: expect.stringContaining('nobody may decide') }]);
    expect(await world.entryTypes(requisitionEvent())).not.toContain('TaskRerouted');
    expect(await world.decide(MANAGER, 'approve')).toMatchObject({ kind: 'decided' });
  });
});

describe('when the rules change', () => {
  it('a lower limit of links reaches an open task: shown before, and whoever is asked is told to sign in', async () => {
    const lower: Policies = { ...companyPolicies, linkLimit: async () => '100' };
    const { world, order, deps } = setUp(lower);
    await world.submit(requisitionEvent());
    const before = await companyPolicies.linkLimit({ subject: 'order', costCentre: 'CC-100', ...PLAIN_ASKED });

    const shown = await previewReroute(deps(directoryData), order);
    expect(shown).toMatchObject([{ isAskedAgain: false, linkLimit: { from: before, to: '100' } }]);
    expect(await rerouteTasks(deps(directoryData), order)).toEqual(shown.map((one) => ({ ...one, became: 'moved' })));
    await world.run();

    expect(world.mails.at(-1)?.subject).toContain('请登录后审批');
    expect(await world.entryTypes(requisitionEvent())).toContain('LinkLimitChanged');
    expect(await world.decide(MANAGER, 'approve')).toMatchObject({ kind: 'refused', refusal: 'sign-in-required' });
    expect(await rerouteTasks(deps(directoryData), order)).toEqual([]);
  });

  it('what was decided stays, and the levels that are asked for now come after it', async () => {
    const stricter: Policies = {
      ...companyPolicies,
      approvalLevels: (question) => companyPolicies.approvalLevels({ ...question, amount: '9000000' }),
    };
    const { world, order, deps } = setUp(stricter);
    await world.submit(requisitionEvent());
    await world.decide(MANAGER, 'approve');

    const [moved] = await rerouteTasks(deps(directoryData), order);
    await world.run();

    expect(moved?.to.length).toBeGreaterThan(moved?.from.length ?? 0);
    expect(moved?.to.map(({ name }) => name)).not.toContain('Manager');
    const record = await world.record(requisitionEvent());
    expect(record.find(({ type }) => type === 'TaskRerouted')?.facts).toMatchObject({
      ruledBy: [{ table: 'approval-levels' }, { table: 'link-limit', rows: [1] }],
    });
    expect(world.erp.allOrders()).toEqual([]);
  });
});
