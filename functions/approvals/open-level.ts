/** The state machine stands at a level: the level opens, its approvers are asked, and the wait is kept for the answer. */
import type { Alarms } from '../process/alarms.ts';
import { answerAgain, type ProcessChange, type ProcessHead, type Wait } from '../process/domain/process.ts';
import type { WorkItem } from '../process/store/port.ts';
import { type Decision, type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { setWaitAlarms } from '../process/wait-alarms.ts';
import { approvalEntries } from './approval-entries.ts';
import { approvalMails } from './approval-mails.ts';
import { readApprovalItem, replaceApproval } from './approval-store.ts';
import { decideApproval } from './domain/approval.ts';
import type { ApprovalCommand, ApprovalState, OpenLevel } from './domain/approval-state.ts';
import { timesOf } from './domain/levels.ts';
import { OPERATORS } from './domain/plan.ts';
import { currentApprovers } from './domain/seats.ts';

export interface OpenLevelInput {
  readonly processId: string;
  readonly approvalId: string;
  /** The same for every retry of one entry of the state. */
  readonly waitId: string;
  readonly token: string;
}

export interface OpenLevelDeps extends ProcessDeps {
  readonly alarms: Alarms;
}

/**
 * Opens the current level, or answers at once when the approval is closed. Idempotent per wait: a retry brings only its
 * new token. The alarms are set after the commit; a crash between the two is mended by the state machine's retry.
 */
export async function openLevel(deps: OpenLevelDeps, input: OpenLevelInput): Promise<void> {
  const approval = await updateProcess<unknown, ApprovalState>(deps, input.processId, async (head) => {
    const item = await readApprovalItem(deps.store, input.processId, input.approvalId);
    const again = answerAgain(head, input.waitId, input.token);
    return again === undefined ? openAt(head, item, input, deps.clock.now()) : { change: again, output: item.value };
  });
  if (approval.open?.waitId === input.waitId) {
    const { openedAt, deadline } = approval.open;
    const { remindAfterHours, escalateAfterHours } = timesOf(approval, approval.level);
    await setWaitAlarms(deps.alarms, input, { openedAt, remindAfterHours, escalateAfterHours, deadline });
  }
}

function openAt(
  head: ProcessHead,
  item: WorkItem<ApprovalState>,
  input: OpenLevelInput,
  now: Date,
): Decision<unknown, ApprovalState> {
  const { interruption } = head;
  const command: ApprovalCommand =
    // What failed while a purchase is being undone is for the operators all the same.
    interruption === undefined || item.value.plan.subject === 'operator'
      ? { kind: 'open', waitId: input.waitId, openedAt: now.toISOString() }
      : { kind: 'cancel', outcome: interruption.outcome };
  const result = decideApproval(item.value, command, { now });
  if (result.kind === 'refused') {
    throw new Error(`opening a level was refused: ${result.refusal}`);
  }
  const { state, events } = result;
  const change: ProcessChange<unknown> = {
    entries: approvalEntries(item.value, events),
    effects: approvalMails(item.value, state, events),
    open: waitOf(state, state.open, input, now),
    abandon: events.flatMap((event) => (event.type === 'LevelReopened' ? [event.replacedWaitId] : [])),
    ...(state.status === 'closed'
      ? { answers: [{ waitId: input.waitId, output: { outcome: state.outcome ?? 'cancelled' } }] }
      : {}),
  };
  return { change, also: events.length === 0 ? [] : [replaceApproval(item, state)], output: state };
}

function waitOf(state: ApprovalState, open: OpenLevel | undefined, input: OpenLevelInput, now: Date): Wait {
  return {
    waitId: input.waitId,
    kind: 'approval',
    subject: input.approvalId,
    token: input.token,
    openedAt: open?.openedAt ?? now.toISOString(),
    deadline: open?.deadline ?? now.toISOString(),
    owner: currentApprovers(state)[0] ?? OPERATORS,
  };
}
