/** An operator answers a failed step without the mail: by the tool, or on the operators' pages. */
import { openWaits, type ProcessHead } from '../process/domain/process.ts';
import type { WorkChange } from '../process/store/port.ts';
import { type ProcessDeps, readHead } from '../process/update-process.ts';
import { type AttemptResult, actOnApproval } from './act-on-approval.ts';
import { readApproval } from './approval-store.ts';
import type { DecisionDeps } from './decision-deps.ts';
import type { OperatorChannel } from './domain/approval-commands.ts';
import type { ApprovalState } from './domain/approval-state.ts';
import { OPERATORS } from './domain/plan.ts';
import { listedQuestions } from './operator-questions.ts';

/** A process that waits for an operator. */
export interface OperatorTask {
  readonly processId: string;
  readonly approvalId: string;
  /** ARN of the execution that waits. */
  readonly executionId: string;
  /** What failed, in the words of the question. */
  readonly title: string;
  readonly notes: readonly OperatorNote[];
  readonly actions: readonly string[];
  readonly since: string;
}

/** A fact of the question, by its English label. */
interface OperatorNote {
  readonly label: string;
  readonly value: string;
}

export interface OperatorDecision {
  readonly processId: string;
  /** Which of its questions; undefined: the one that is open. */
  readonly approvalId?: string;
  readonly action: string;
  readonly reason: string;
  /** Who decides: an employee id, or the name that was given to the tool. */
  readonly operator: string;
  readonly via: OperatorChannel;
  /** Committed with the decision, if it counts. */
  readonly also?: readonly WorkChange[];
}

/** Of all processes, newest first. */
export async function operatorTasks({ store }: Pick<ProcessDeps, 'store'>): Promise<readonly OperatorTask[]> {
  const tasks: OperatorTask[] = [];
  for await (const listed of listedQuestions(store)) {
    const found = listed.map(async ({ processId, approvalId }) => {
      const head = await readHead(store, processId);
      // The list is a moment old: it may have been answered since.
      const asked = head === undefined ? [] : await operatorTasksOf({ store }, head);
      return asked.filter((task) => task.approvalId === approvalId);
    });
    tasks.push(...(await Promise.all(found)).flat());
  }
  return tasks;
}

/**
 * Decides the open question of a process to the operators.
 *
 * @param input.operator - stands in the record for good
 * @returns undefined when nothing waits for an operator there
 */
export async function decideAsOperator(
  deps: DecisionDeps,
  input: OperatorDecision,
): Promise<Exclude<AttemptResult, { kind: 'done' }> | undefined> {
  const { processId, action, reason, operator, via, also = [] } = input;
  const head = await readHead(deps.store, processId);
  const tasks = head === undefined ? [] : await operatorTasksOf(deps, head);
  const task = tasks.find(({ approvalId }) => approvalId === (input.approvalId ?? approvalId));
  const approval = task === undefined ? undefined : await readApproval(deps.store, processId, task.approvalId);
  if (task === undefined || approval === undefined) {
    return undefined;
  }
  const result = await actOnApproval(deps, {
    processId,
    approvalId: task.approvalId,
    command: {
      kind: 'decide',
      action,
      comment: reason,
      by: OPERATORS,
      level: approval.level,
      round: approval.round,
      documentVersion: approval.plan.documentVersion,
      via,
    },
    operator,
    also,
  });
  if (result.kind === 'done') {
    throw new Error(`a decision on ${task.approvalId} was neither made nor refused`);
  }
  return result;
}

/** What one process asks the operators now. */
export async function operatorTasksOf(
  deps: Pick<ProcessDeps, 'store'>,
  head: ProcessHead,
): Promise<readonly OperatorTask[]> {
  const tasks: OperatorTask[] = [];
  for (const wait of openWaits(head, 'approval').filter(({ owner }) => owner === OPERATORS)) {
    const approval = await readApproval(deps.store, head.processId, wait.subject);
    if (approval?.plan.subject === 'operator') {
      tasks.push(taskOf(head, approval, wait.openedAt));
    }
  }
  return tasks;
}

function taskOf({ processId, executionId }: ProcessHead, { plan }: ApprovalState, since: string): OperatorTask {
  return {
    processId,
    approvalId: plan.approvalId,
    executionId,
    title: plan.document.title,
    notes: plan.document.notes.map(({ label, value }) => ({ label: label.en, value })),
    actions: plan.actions.map(({ action }) => action),
    since,
  };
}
