import { describe, expect, it, vi } from 'vitest';
import { type FollowPoliciesDeps, followPolicies } from '../../functions/approvals/follow-policies.ts';
import { readWalk } from '../../functions/approvals/policies-followed.ts';
import { type DirectoryData, parseDirectory } from '../../functions/directory/directory-file.ts';
import { useDirectoryVersion, writeDirectoryVersion } from '../../functions/directory/directory-versions.ts';
import type { Policies } from '../../functions/policy/port.ts';
import { createProcess, type ProcessDeps } from '../../functions/process/update-process.ts';
import { BusinessRuleError, ConnectorTransientError } from '../../functions/runtime/errors.ts';
import { companyPolicies, directoryData, OPERATORS_MAIL, requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';
import { newHead } from '../unit/process/heads.ts';

const MANAGER = 'E-2001';
const OTHER = 'E-2002';
/** Of the second requisition. */
const ELSEWHERE = 'CC-200';
const UNCHANGED = { moved: 0, unchanged: 0, failed: 0 };

/** Another digest, and more levels. */
const STRICTER: Policies = {
  ...companyPolicies,
  inForce: () => ({ ...companyPolicies.inForce(), digest: 'a'.repeat(64) }),
  approvalLevels: (question) => companyPolicies.approvalLevels({ ...question, amount: '9000000' }),
};

/** As {@link STRICTER}, without a level for one of the three. */
const NO_RULE_FOR_ONE: Policies = {
  ...STRICTER,
  approvalLevels: (question) => {
    if (question.costCentre === ELSEWHERE) {
      throw new BusinessRuleError('no-approval-rule', 'no rule says who approves it');
    }
    return STRICTER.approvalLevels(question);
  },
};

function setUp() {
  const world = new PurchaseWorld();
  const deps: FollowPoliciesDeps = {
    ...world.decisionDeps(),
    policies: companyPolicies,
    deployed: directoryData,
    hasTime: () => true,
  };
  const follow = (change: Partial<FollowPoliciesDeps> = {}) => followPolicies({ ...deps, ...change });
  const events = [
    requisitionEvent(),
    requisitionEvent({ requestId: 'PR-2', requisition: { costCentre: ELSEWHERE } }),
    requisitionEvent({ requestId: 'PR-3' }),
  ];
  const submitAll = async () => {
    for (const event of events) {
      await world.submit(event);
    }
  };
  const types = async () => (await Promise.all(events.map((event) => world.entryTypes(event)))).flat();
  const followed = async () =>
    (await world.store.readRecord('administration')).filter(({ type }) => type === 'PoliciesFollowed');
  const notices = () => world.mails.filter(({ to, subject }) => to === OPERATORS_MAIL && subject.includes('policies'));
  return { world, deps, follow, events, submitAll, types, followed, notices };
}

function changed(employeeId: string, change: object): DirectoryData {
  const people = directoryData.people.map((one) => (one.employeeId === employeeId ? { ...one, ...change } : one));
  return parseDirectory(JSON.parse(JSON.stringify({ ...directoryData, people })));
}

const withoutTheManager = changed('E-1001', { managerId: OTHER });

function count(all: readonly string[], type: string): number {
  return all.filter((one) => one === type).length;
}

describe('after a deployment of other rules', () => {
  it('open tasks follow them by themselves, once, and the record says so', async () => {
    const { world, follow, events, submitAll, types, followed, notices } = setUp();
    await submitAll();
    expect(await follow()).toEqual({ ...UNCHANGED, unchanged: 3, isFinished: true });

    expect(await follow({ policies: STRICTER })).toEqual({ ...UNCHANGED, moved: 3, isFinished: true });
    await world.run();
    const commits = world.store.commits;
    expect(await follow({ policies: STRICTER })).toEqual({ ...UNCHANGED, moved: 3, isFinished: true });

    expect(world.store.commits).toBe(commits);
    expect(count(await types(), 'TaskRerouted')).toBe(3);
    const [event = requisitionEvent()] = events;
    expect((await world.record(event)).find(({ type }) => type === 'TaskRerouted')?.facts).toMatchObject({
      operator: `policies ${'a'.repeat(64)}`,
      directoryVersion: 0,
    });
    const digest = companyPolicies.inForce().digest;
    expect(await followed()).toMatchObject([
      { type: 'PoliciesFollowed', facts: { digest, moved: 0, unchanged: 3, failed: 0 } },
      { type: 'PoliciesFollowed', facts: { digest: 'a'.repeat(64), moved: 3, unchanged: 0, failed: 0 } },
    ]);
    expect(notices()).toEqual([]);
    expect(await world.damages(event)).toEqual([]);
  });

  it('whoever is asked by the other way gets a mail, and whoever is no longer asked another', async () => {
    const { world, follow, submitAll } = setUp();
    await submitAll();
    const { email } = (await world.directory.person(MANAGER)) ?? { email: '' };
    const deps = { deployed: withoutTheManager };

    expect(await follow(deps)).toMatchObject({ moved: 3 });
    await world.run();

    expect(world.mails.filter(({ to }) => to === email).at(-1)?.text).toContain('审批规则或组织架构已变更');
    expect(await world.decide(OTHER, 'approve')).toMatchObject({ kind: 'decided', outcome: 'next-level' });
  });

  it('another file of the directory is followed as other rules are, while it counts', async () => {
    const { world, follow, submitAll } = setUp();
    await submitAll();
    await follow();
    expect(await follow({ deployed: withoutTheManager })).toMatchObject({ moved: 3, isFinished: true });

    const version = await writeDirectoryVersion(world.decisionDeps(), directoryData, {
      by: 'Lin',
      source: 'people.csv',
    });
    await useDirectoryVersion(world.decisionDeps(), { version, expected: 0, by: 'Lin' });
    expect(await follow({ deployed: withoutTheManager })).toMatchObject({ moved: 3, isFinished: true });
    const commits = world.store.commits;
    await follow({ deployed: directoryData });

    expect(world.store.commits).toBe(commits);
    await world.run();
    expect(await world.lastAsked()).toBe(MANAGER);
  });
});

describe('a walk that is cut short', () => {
  it('ends when its time is over, and the next run goes on behind where it stood', async () => {
    const { world, follow, submitAll, types, followed } = setUp();
    await submitAll();
    const list = vi.spyOn(world.store, 'list');
    const turns = (most: number) => {
      let left = most;
      return () => {
        left -= 1;
        return left >= 0;
      };
    };

    expect(await follow({ policies: STRICTER, hasTime: turns(1) })).toEqual({
      ...UNCHANGED,
      moved: 1,
      isFinished: false,
    });
    expect(await followed()).toEqual([]);
    expect(await follow({ policies: STRICTER, hasTime: turns(1) })).toEqual({
      ...UNCHANGED,
      moved: 2,
      isFinished: false,
    });
    list.mockClear();
    expect(await follow({ policies: STRICTER })).toEqual({ ...UNCHANGED, moved: 3, isFinished: true });

    expect(list).toHaveBeenCalledTimes(1);
    expect(count(await types(), 'TaskRerouted')).toBe(3);
    expect(await followed()).toMatchObject([{ facts: { moved: 3 } }]);
  });

  it.each(['before', 'after'] as const)(
    'at any commit, %s it is written, goes on: every task moves once, and the end is told once',
    async (when) => {
      const length = await commitsOfOneRun();
      expect(length).toBe(5);
      for (let victim = 1; victim <= length; victim += 1) {
        const { world, follow, submitAll, types, followed, notices } = setUp();
        await submitAll();
        const start = world.store.commits;
        world.store.commitFault = (commit) => (commit === start + victim ? when : undefined);

        await follow({ policies: NO_RULE_FOR_ONE }).catch(() => undefined);
        world.store.commitFault = () => undefined;
        await follow({ policies: NO_RULE_FOR_ONE });
        await follow({ policies: NO_RULE_FOR_ONE });
        await world.run();

        expect(count(await types(), 'TaskRerouted'), `commit ${victim}`).toBe(2);
        expect(await followed(), `commit ${victim}`).toMatchObject([{ facts: { moved: 2, unchanged: 0, failed: 1 } }]);
        expect(notices(), `commit ${victim}`).toHaveLength(1);
      }
    },
  );

  async function commitsOfOneRun(): Promise<number> {
    const { world, follow, submitAll } = setUp();
    await submitAll();
    const start = world.store.commits;
    await follow({ policies: NO_RULE_FOR_ONE });
    return world.store.commits - start;
  }

  it('by an outage that befalls all tasks says nothing of any of them', async () => {
    const { world, follow, submitAll, followed } = setUp();
    await submitAll();
    const start = world.store.commits;
    world.store.commitFault = (commit) => (commit > start + 1 ? 'before' : undefined);

    await expect(follow({ policies: STRICTER })).rejects.toMatchObject({ name: 'ConnectorTransientError' });

    world.store.commitFault = () => undefined;
    expect(await follow({ policies: STRICTER })).toEqual({ ...UNCHANGED, moved: 3, isFinished: true });
    expect(await followed()).toHaveLength(1);
  });

  it('by newer rules begins again with them', async () => {
    const { follow, submitAll, followed } = setUp();
    await submitAll();
    let turns = 1;
    await follow({ policies: STRICTER, hasTime: () => turns-- > 0 });

    expect(await follow()).toEqual({ ...UNCHANGED, moved: 1, unchanged: 2, isFinished: true });
    expect(await followed()).toMatchObject([{ facts: { digest: companyPolicies.inForce().digest } }]);
  });
});

describe('two runs at once', () => {
  it('move every task once, and one of them records the end', async () => {
    const { follow, submitAll, types, followed } = setUp();
    await submitAll();

    const runs = await Promise.all([follow({ policies: STRICTER }), follow({ policies: STRICTER })]);

    expect(runs.map(({ isFinished }) => isFinished).sort()).toEqual([false, true]);
    expect(count(await types(), 'TaskRerouted')).toBe(3);
    expect(await followed()).toMatchObject([{ facts: { moved: 3 } }]);
  });

  it('a walk ends at once when an operator puts another version of the directory in use', async () => {
    const { world, follow, submitAll, types } = setUp();
    await submitAll();
    const deps = world.decisionDeps();
    const version = await writeDirectoryVersion(deps, directoryData, { by: 'Lin', source: 'people.csv' });
    const list = world.store.list.bind(world.store);
    vi.spyOn(world.store, 'list').mockImplementationOnce(async (partition, prefix) => {
      await useDirectoryVersion(deps, { version, expected: 0, by: 'Lin' });
      return list(partition, prefix);
    });

    expect(await follow({ deployed: withoutTheManager })).toMatchObject({ moved: 0, isFinished: false });

    expect(count(await types(), 'TaskRerouted')).toBe(0);
    expect((await readWalk(world.store))?.value).toBeUndefined();
    expect(await follow({ deployed: withoutTheManager })).toMatchObject({ moved: 0, unchanged: 3, isFinished: true });
  });
});

describe('tasks that cannot follow', () => {
  it('stay where they are, keep no other from its change, and operators are told of them in one mail', async () => {
    const { world, follow, submitAll, types, followed, notices } = setUp();
    await submitAll();
    const people = directoryData.people.map((one) => (one.employeeId === 'E-1001' ? one : { ...one, active: false }));

    expect(await follow({ deployed: { ...directoryData, people } })).toEqual({
      ...UNCHANGED,
      failed: 3,
      isFinished: true,
    });
    await follow({ deployed: { ...directoryData, people } });
    await world.run();

    expect(count(await types(), 'TaskRerouted')).toBe(0);
    expect(notices()).toHaveLength(1);
    const text = notices()[0]?.text ?? '';
    expect(text).toContain('3 open tasks could not follow');
    expect(text).toContain('nobody may decide');
    expect((await followed())[0]).toMatchObject({ facts: { failed: 3, failures: [{}, {}, {}] } });
    expect(JSON.stringify(await followed())).not.toContain('nobody may decide');
    expect(await world.decide(MANAGER, 'approve')).toMatchObject({ kind: 'decided' });
  });

  it('and processes that cannot even be looked at are told with them', async () => {
    const { world, follow, submitAll, followed, notices } = setUp();
    await submitAll();
    const list = world.store.list.bind(world.store);
    let looked = 0;
    vi.spyOn(world.store, 'list').mockImplementation((partition, prefix) => {
      looked += 1;
      return looked === 2 ? Promise.reject(new Error('an item of a shape that nobody knows')) : list(partition, prefix);
    });

    expect(await follow({ policies: STRICTER })).toEqual({ ...UNCHANGED, moved: 2, failed: 1, isFinished: true });
    await world.run();

    expect(notices()[0]?.text).toContain('an item of a shape that nobody knows');
    expect(await followed()).toMatchObject([{ facts: { failures: [{ processId: expect.any(String) }] } }]);
  });

  it('are told by their processes, the first twenty of them with the reason', async () => {
    const { world, follow, notices } = setUp();
    await seed(world.decisionDeps(), 25);
    vi.spyOn(world.store, 'list').mockRejectedValue(new Error('x'.repeat(1_000)));

    expect(await follow()).toMatchObject({ failed: 25, isFinished: true });
    await world.run();

    const text = notices()[0]?.text ?? '';
    expect(text).toContain('25 open tasks could not follow');
    expect(text.match(/x{300}(?!x)/g)).toHaveLength(20);
    expect(text).toMatch(/And more:? +5$/m);
  });
});

describe('a walk through many processes', () => {
  it('keeps where it stands on its way, so that a kill costs little', async () => {
    const { world, follow } = setUp();
    await seed(world.decisionDeps(), 150);
    const list = world.store.list.bind(world.store);
    let looked = 0;
    vi.spyOn(world.store, 'list').mockImplementation((partition, prefix) => {
      looked += 1;
      return looked === 140 ? Promise.reject(new ConnectorTransientError('no answer')) : list(partition, prefix);
    });

    await expect(follow()).rejects.toMatchObject({ name: 'ConnectorTransientError' });
    expect(await follow()).toMatchObject({ isFinished: true });

    expect(looked).toBe(140 + 50);
  });
});

/** Processes that run and have asked nobody. */
async function seed(deps: ProcessDeps, processes: number): Promise<void> {
  for (let index = 1; index <= processes; index += 1) {
    const processId = `P2P-${index}`;
    await createProcess(deps, newHead({ processId }), { entries: [] }, []);
  }
}
