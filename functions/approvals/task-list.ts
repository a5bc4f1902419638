/**
 * The list of what somebody is asked now. It repeats the approvals, in items that are written in the very transaction
 * that changes an approval: a list is right at once, and the order of writers is that of the approval's versions.
 */
import { taskKey } from '../process/keys.ts';
import type { ProcessStore, WorkChange } from '../process/store/port.ts';
import type { OpenTask } from './domain/open-tasks.ts';
import { ACTIONS, type ApprovalSubject } from './domain/plan.ts';

export interface TaskPage {
  /** Earliest deadline first. */
  readonly tasks: readonly OpenTask[];
  /** What to ask for the next page with; undefined: there is none. */
  readonly next?: string;
}

export interface TaskQuery {
  /** Undefined: every kind of question. */
  readonly subject?: ApprovalSubject | undefined;
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string | undefined;
}

/** Kinds of questions that people are asked. */
export const TASK_SUBJECTS: readonly ApprovalSubject[] = Object.keys(ACTIONS).filter(isTaskSubject);

/** Whether a text names a kind of question that people are asked. */
export function isTaskSubject(text: string): text is ApprovalSubject {
  return Object.hasOwn(ACTIONS, text) && text !== 'operator';
}

/** What a change of an approval does to the lists of those who were asked, or are. */
export function taskChanges(before: readonly OpenTask[], after: readonly OpenTask[]): readonly WorkChange[] {
  const [was, is] = [byKey(before), byKey(after)];
  return [
    ...[...was].filter(([id]) => !is.has(id)).map(([, task]) => ({ kind: 'remove', key: keyOf(task) }) as const),
    ...[...is]
      .filter(([id, task]) => JSON.stringify(was.get(id)) !== JSON.stringify(task))
      .map(([, task]) => ({
        kind: 'put' as const,
        key: keyOf(task),
        value: task,
        list: { name: 'tasks', at: task.employeeId } as const,
      })),
  ];
}

/** Reads no more than the page holds, for each kind. */
export async function listTasks(
  store: ProcessStore,
  employeeId: string,
  { subject, limit, after }: TaskQuery,
): Promise<TaskPage> {
  const subjects = subject === undefined ? TASK_SUBJECTS : [subject];
  const { partition } = taskKey(employeeId, NOWHERE);
  const lists = await Promise.all(
    subjects.map((kind) =>
      store.page<OpenTask>(partition, `${kind}#`, {
        limit: limit + 1,
        order: 'first-to-last',
        after: after === undefined ? undefined : `${kind}#${after}`,
      }),
    ),
  );
  const all = lists
    .flat()
    .map(({ value }) => ({ task: value, place: placeOf(value) }))
    .sort((one, other) => (one.place < other.place ? -1 : 1));
  const last = all[limit - 1];
  return {
    tasks: all.slice(0, limit).map(({ task }) => task),
    ...(all.length > limit && last !== undefined ? { next: last.place } : {}),
  };
}

const NOWHERE = { subject: '', deadline: '', processId: '', approvalId: '', level: 0 };

/** Where a task stands among those of all kinds: the same in each of them, so that one place continues all. */
function placeOf(task: OpenTask): string {
  return keyOf(task).sort.slice(`${task.subject}#`.length);
}

function keyOf(task: OpenTask) {
  return taskKey(task.employeeId, task);
}

function byKey(tasks: readonly OpenTask[]): ReadonlyMap<string, OpenTask> {
  return new Map(tasks.map((task) => [`${task.employeeId}\n${keyOf(task).sort}`, task]));
}
