import { expect, it } from 'vitest';
import { viewInPerson } from '../../../functions/approvals/act-in-person.ts';
import { newApproval } from '../../../functions/approvals/domain/approval.ts';
import { openTasks } from '../../../functions/approvals/domain/open-tasks.ts';
import { listStandInTasks } from '../../../functions/approvals/stand-in.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { approvalKey } from '../../../functions/process/keys.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { directoryData } from '../../support/purchase-company.ts';
import { level, openNext, plan } from './approvals.ts';
import { keepTasks } from './many-tasks.ts';

const [AWAY, OTHER, SUBSTITUTE] = ['E-2001', 'E-2003', 'E-4002'] as const;
const task = { employeeId: SUBSTITUTE, processId: 'P2P-1', approvalId: 'order-1', via: 'signed-in' } as const;

/** Two levels that are open together; the person of the second is away. */
async function openTogether() {
  const absences = [{ from: '2025-12-01T00:00:00Z', until: '2026-03-01T00:00:00Z', substituteId: SUBSTITUTE }];
  const people = directoryData.people.map((one) => (one.employeeId === AWAY ? { ...one, absences } : one));
  const store = new MemoryStore();
  const levels = [level('First', [OTHER]), level('Beside', [AWAY], { isParallel: true }), level('Last', ['E-3001'])];
  const state = openNext(newApproval(plan({ requesterId: 'E-1001', levels })));
  const key = approvalKey(task.processId, task.approvalId);
  await store.commit({ entries: [], personal: [], changes: [{ kind: 'create', key, value: state }] });
  await keepTasks(store, openTasks(task.processId, state));
  const clock = new SettableClock('2026-01-01T12:00:00.000Z');
  return {
    store,
    clock,
    randomness: seededRandomness(1),
    directory: createFileDirectory({ ...directoryData, people }),
  };
}

it('a task beside another is found by whoever stands in, with its level and without', async () => {
  const deps = await openTogether();

  expect((await viewInPerson(deps, task, 1))?.levelName).toBe('Beside');
  expect((await viewInPerson(deps, task))?.levelName).toBe('Beside');
  expect(await viewInPerson(deps, task, 0)).toBeUndefined();
  expect((await listStandInTasks(deps, SUBSTITUTE, { limit: 10 })).map((one) => [one.task.level, one.name])).toEqual([
    [1, '王强 Wang Qiang'],
  ]);
});

it('a task is on the list of whoever stands in as long as the absence lasts', async () => {
  const deps = await openTogether();

  deps.clock.forward(59 * 24 * 3600);

  expect(await listStandInTasks(deps, SUBSTITUTE, { limit: 10 })).toEqual([]);
  expect(await viewInPerson(deps, task)).toBeUndefined();
});
