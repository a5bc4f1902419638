/** As many open tasks of one person as a test wants, of all kinds, in no order. */
import type { OpenTask } from '../../../functions/approvals/domain/open-tasks.ts';
import { TASK_SUBJECTS, taskChanges } from '../../../functions/approvals/task-list.ts';
import type { ProcessStore } from '../../../functions/process/store/port.ts';

export function manyTasks(count: number, employeeId = 'E-1'): readonly OpenTask[] {
  return Array.from({ length: count }, (_, index) => ({
    employeeId,
    processId: `P2P-${index}`,
    approvalId: 'order-1',
    subject: TASK_SUBJECTS[index % TASK_SUBJECTS.length] ?? 'order',
    level: 0,
    levelName: 'Manager',
    isForOpinion: index % 7 === 0,
    title: `Request ${index}`,
    requesterName: 'Li Na',
    currency: 'CNY',
    total: `${index + 1}.00`,
    since: '2026-01-01T00:00:00.000Z',
    deadline: new Date(Date.UTC(2026, 0, 2) + ((index * 7919) % count) * 60_000).toISOString(),
  }));
}

/** As if approvals had asked for them. */
export async function keepTasks(store: ProcessStore, tasks: readonly OpenTask[]): Promise<void> {
  for (let start = 0; start < tasks.length; start += 100) {
    await store.commit({ entries: [], personal: [], changes: taskChanges([], tasks.slice(start, start + 100)) });
  }
}
