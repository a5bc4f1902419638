import { expect, it } from 'vitest';
import { readApproval } from '../../../functions/approvals/approval-store.ts';
import { operatorTasks } from '../../../functions/approvals/decide-as-operator.ts';
import { questionPlace } from '../../../functions/approvals/operator-questions.ts';
import type { ProcessHead } from '../../../functions/process/domain/process.ts';
import { approvalKey, headKey } from '../../../functions/process/keys.ts';
import type { ProcessStore } from '../../../functions/process/store/port.ts';
import { openOperations } from './open-operations.ts';

/** Counts what is read through it: items, not calls. */
function counted(store: ProcessStore) {
  const read = { items: 0 };
  const note = <Items extends readonly unknown[]>(items: Items): Items => {
    read.items += items.length;
    return items;
  };
  const counting: Pick<ProcessStore, 'read' | 'listByTime'> = {
    read: async (key) => note([await store.read(key)])[0] as never,
    listByTime: async (name, options) => note(await store.listByTime(name, options)) as never,
  };
  return { read, store: Object.assign(Object.create(store), counting) as ProcessStore };
}

async function withRunning(store: ProcessStore, like: ProcessHead, count: number): Promise<void> {
  for (let start = 0; start < count; start += 100) {
    const changes = Array.from({ length: 100 }, (_, index) => {
      const processId = `P2P-${String(start + index).padStart(20, '0')}`;
      const at = `2026-01-01T00:00:00.000Z#${processId}`;
      const value = { ...like, processId, waits: {} };
      return { kind: 'create' as const, key: headKey(processId), value, list: { name: 'processes' as const, at } };
    });
    await store.commit({ entries: [], personal: [], changes });
  }
}

it('what waits for operators is found among ten thousand running processes by reading it alone', async () => {
  const { world, event, processId } = await openOperations();
  const alone = counted(world.store);
  const [before] = await operatorTasks(alone);
  await withRunning(world.store, await world.head(event), 10_000);
  const among = counted(world.store);

  const [question, ...others] = await operatorTasks(among);

  expect(others).toEqual([]);
  expect(question).toEqual(before);
  expect(question?.processId).toBe(processId);
  expect(among.read.items).toBe(alone.read.items);
  expect(among.read.items).toBeLessThanOrEqual(3);
});

it('questions of more processes than are read at once are all found, each once', async () => {
  const { world, event, processId } = await openOperations();
  const [asked] = await operatorTasks(world);
  const approval = await readApproval(world.store, processId, asked?.approvalId ?? '');
  if (approval?.open === undefined) throw new Error('the operators are asked nothing');
  const head = await world.head(event);
  for (let index = 0; index < 120; index += 1) {
    const openedAt = new Date(Date.parse(approval.open.openedAt) + (index % 7)).toISOString();
    const other = `P2P-${String(index).padStart(20, '0')}`;
    const value = { ...approval, open: { ...approval.open, openedAt } };
    await world.store.commit({
      entries: [],
      personal: [],
      changes: [
        { kind: 'create', key: headKey(other), value: { ...head, processId: other } },
        { kind: 'create', key: approvalKey(other, approval.plan.approvalId), value, ...questionPlace(other, value) },
      ],
    });
  }

  const found = await operatorTasks(world);

  expect(new Set(found.map((task) => task.processId)).size).toBe(121);
  expect(found).toHaveLength(121);
});
