/** A request comes to its end from outside, before its own: its open questions and waits end with it. */
import { listApprovals } from '../approvals/approval-store.ts';
import type { ApprovalCommand } from '../approvals/domain/approval-commands.ts';
import type { ApprovalState } from '../approvals/domain/approval-state.ts';
import { endOpenApprovals } from '../approvals/end-open-approvals.ts';
import type { NewEntry } from '../audit/domain/record.ts';
import type { InterruptionOutcome, ProcessChange } from '../process/domain/process.ts';
import type { WorkChange } from '../process/store/port.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { type RequestHead, type RequestKind, type RequestState, withAnswers } from './domain/request.ts';

export interface RequestInterruption {
  readonly outcome: InterruptionOutcome;
  /** What ends the open questions. */
  readonly command: Extract<ApprovalCommand, { kind: 'withdraw' | 'cancel' }>;
  /** Why, for the record. */
  readonly entry: NewEntry;
}

/** What interrupts the request; whether it may be is the caller's to know. */
export async function interruptRequest<State extends RequestState>(
  deps: ProcessDeps,
  kind: RequestKind<State>,
  head: RequestHead<State>,
  { outcome, command, entry }: RequestInterruption,
): Promise<{ readonly change: ProcessChange<State>; readonly also: readonly WorkChange[] }> {
  const now = deps.clock.now();
  const ended = await endOpenApprovals(deps, head, command);
  const change = withAnswers(
    kind,
    head,
    {
      entries: [entry, ...ended.entries],
      interruption: { outcome, at: now.toISOString() },
      answers: ended.answers,
      effects: ended.effects,
    },
    now,
  );
  return { change, also: ended.also };
}

/** It has not come to its end yet, but whoever decided was told that it does: what was written first holds. */
export async function isDecidedToEnd<State extends RequestState>(
  { store }: Pick<ProcessDeps, 'store'>,
  { subjects }: RequestKind<State>,
  { processId }: Pick<RequestHead<State>, 'processId'>,
): Promise<boolean> {
  const ends = ({ plan, outcome }: ApprovalState) =>
    outcome === 'rejected' || outcome === 'cancelled' || (outcome === 'expired' && subjects.includes(plan.subject));
  return (await listApprovals(store, processId)).some(ends);
}
