/** An operator answers a failed step without the mail: by the tool, with the authority over the installation. */
import { openWaits, type ProcessHead } from '../process/domain/process.ts';
import { runningProcesses } from '../process/running-processes.ts';
import { type ProcessDeps, readHead } from '../process/update-process.ts';
import { type AttemptResult, actOnApproval, type DecisionDeps } from './act-on-approval.ts';
import { readApproval } from './approval-store.ts';
import type { ApprovalState } from './domain/approval-state.ts';
import { OPERATORS } from './domain/plan.ts';

/** A process that waits for an operator. */
export interface OperatorTask {
  readonly processId: string;
  readonly approvalId: string;
  /** What failed, in the words of the question. */
  readonly title: string;
  readonly notes: readonly string[];
  readonly actions: readonly string[];
  readonly since: string;
}

/** Of all processes that run, newest first. */
export async function operatorTasks(deps: Pick<ProcessDeps, 'store'>): Promise<readonly OperatorTask[]> {
  const tasks: OperatorTask[] = [];
  for await (const head of runningProcesses(deps.store)) {
    tasks.push(...(await tasksOf(deps, head)));
  }
  return tasks;
}

/**
 * Decides the open question of a process to the operators.
 *
 * @param input.operator - who decides; stands in the record for good
 * @returns undefined when nothing waits for an operator there
 */
export async function decideAsOperator(
  deps: DecisionDeps,
  input: {
    readonly processId: string;
    readonly action: string;
    readonly reason: string;
    readonly operator: string;
  },
): Promise<Exclude<AttemptResult, { kind: 'done' }> | undefined> {
  const { processId, action, reason, operator } = input;
  const head = await readHead(deps.store, processId);
  const [task] = head === undefined ? [] : await tasksOf(deps, head);
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
      via: 'operator-tool',
    },
    operator,
    also: [],
  });
  if (result.kind === 'done') {
    throw new Error(`a decision on ${task.approvalId} was neither made nor refused`);
  }
  return result;
}

async function tasksOf(deps: Pick<ProcessDeps, 'store'>, head: ProcessHead): Promise<readonly OperatorTask[]> {
  const tasks: OperatorTask[] = [];
  for (const wait of openWaits(head, 'approval').filter(({ owner }) => owner === OPERATORS)) {
    const approval = await readApproval(deps.store, head.processId, wait.subject);
    if (approval?.plan.subject === 'operator') {
      tasks.push(taskOf(head.processId, approval, wait.openedAt));
    }
  }
  return tasks;
}

function taskOf(processId: string, { plan }: ApprovalState, since: string): OperatorTask {
  return {
    processId,
    approvalId: plan.approvalId,
    title: plan.document.title,
    notes: plan.document.notes.map(({ label, value }) => `${label.en}: ${value}`),
    actions: plan.actions.map(({ action }) => action),
    since,
  };
}
