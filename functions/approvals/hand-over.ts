/** An operator hands everything that somebody still has to decide over to somebody else, and sees before what moves. */
import type { Directory, Person } from '../directory/port.ts';
import { runningProcesses } from '../process/running-processes.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { updateProcess } from '../process/update-process.ts';
import type { DecisionDeps } from './act-on-approval.ts';
import { approvalChange } from './approval-change.ts';
import { listApprovals, readApprovalItem } from './approval-store.ts';
import { decideApproval } from './domain/approval.ts';
import { type ApprovalState, type HandOverCommand, levelAt } from './domain/approval-state.ts';
import { levelsOf } from './domain/hand-over.ts';

export interface HandOver {
  /** Employee ids. */
  readonly from: string;
  readonly to: string;
  /** Name of the operator; stands in the record for good. */
  readonly by: string;
}

/** One approval that moves, or why it cannot. */
export interface Moving {
  readonly processId: string;
  readonly approvalId: string;
  readonly title: string;
  readonly levels: readonly string[];
  readonly refusal?: string;
}

/** Exactly what {@link handOverTasks} would move, and what it could not; writes nothing. */
export async function previewHandOver(
  deps: { readonly store: ProcessStore; readonly directory: Directory; readonly clock: DecisionDeps['clock'] },
  order: HandOver,
): Promise<readonly Moving[]> {
  const target = await deps.directory.person(order.to);
  const moving: Moving[] = [];
  for await (const processId of runningProcesses(deps.store)) {
    for (const approval of await listApprovals(deps.store, processId)) {
      const levels = levelsOf(approval, order.from).map((level) => levelAt(approval.plan, level).name);
      if (levels.length > 0) {
        const result = decideApproval(approval, commandOf(order), contextOf(deps, target));
        const refusal = result.kind === 'refused' ? { refusal: result.message } : {};
        moving.push({ processId, ...partsOf(approval), levels, ...refusal });
      }
    }
  }
  return moving;
}

/**
 * Moves what {@link previewHandOver} shows, each approval in a transaction of its own; running it again moves what came
 * meanwhile and what failed.
 * @returns what moved, and what was refused
 */
export async function handOverTasks(deps: DecisionDeps, order: HandOver): Promise<readonly Moving[]> {
  const target = await deps.directory.person(order.to);
  const planned = await previewHandOver(deps, order);
  for (const { processId, approvalId } of planned.filter(({ refusal }) => refusal === undefined)) {
    await updateProcess<unknown, void>(deps, processId, async (head) => {
      const item = await readApprovalItem(deps.store, processId, approvalId);
      const result = decideApproval(item.value, commandOf(order), contextOf(deps, target));
      return approvalChange(head, item, result);
    });
  }
  return planned;
}

function commandOf(order: HandOver): HandOverCommand {
  return { kind: 'hand-over', ...order };
}

function contextOf({ clock }: Pick<DecisionDeps, 'clock'>, target: Person | undefined) {
  return { now: clock.now(), ...(target === undefined ? {} : { target }) };
}

function partsOf({ plan }: ApprovalState) {
  return { approvalId: plan.approvalId, title: plan.document.title };
}
