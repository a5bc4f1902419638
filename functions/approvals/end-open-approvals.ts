/** The process ends from outside, or what it asked about has changed: the questions about it that are still open end. */
import type { NewEntry } from '../audit/domain/record.ts';
import type { Answer, Effect, ProcessHead } from '../process/domain/process.ts';
import type { WorkChange } from '../process/store/port.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { answersOf } from './approval-change.ts';
import { approvalEffects } from './approval-effects.ts';
import { approvalEntries } from './approval-entries.ts';
import { listApprovals, readApprovalItem, replaceApproval } from './approval-store.ts';
import { decideApproval } from './domain/approval.ts';
import type { ApprovalCommand } from './domain/approval-commands.ts';
import type { ApprovalState } from './domain/approval-state.ts';

/** Parts of a change, to be committed with whatever ends the process. */
export interface EndedApprovals {
  readonly entries: readonly NewEntry[];
  readonly answers: readonly Answer[];
  readonly effects: readonly Effect[];
  readonly also: readonly WorkChange[];
}

const NO_APPROVALS: EndedApprovals = { entries: [], answers: [], effects: [], also: [] };

/**
 * Closes the approvals of the process that are not closed, and answers the waits that stand at them. A question to the
 * operators that may not be answered by giving up stays: something is on its way that must be seen to its end.
 */
export async function endOpenApprovals(
  deps: ProcessDeps,
  head: ProcessHead,
  command: Extract<ApprovalCommand, { kind: 'withdraw' | 'cancel' }>,
  isMeant: (approval: ApprovalState) => boolean = mayBeGivenUp,
): Promise<EndedApprovals> {
  let ended = NO_APPROVALS;
  for (const approval of (await listApprovals(deps.store, head.processId)).filter(isMeant)) {
    const item = await readApprovalItem(deps.store, head.processId, approval.plan.approvalId);
    const result = decideApproval(item.value, command, { now: deps.clock.now() });
    if (result.kind === 'events' && result.events.length > 0) {
      ended = {
        entries: [...ended.entries, ...approvalEntries(item.value, result.events)],
        answers: [...ended.answers, ...answersOf(head, item.value, result)],
        effects: [...ended.effects, ...approvalEffects(head, item.value, result.state, result.events)],
        also: [...ended.also, ...replaceApproval(head.processId, item, result.state)],
      };
    }
  }
  return ended;
}

function mayBeGivenUp({ plan }: ApprovalState): boolean {
  return plan.subject !== 'operator' || plan.actions.some(({ action }) => action === 'cancel');
}
