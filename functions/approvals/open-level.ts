/** The state machine stands at a level: the level opens, its approvers are asked, and the wait is kept for the answer. */
import type { HoursAfter } from '../calendar/domain/working-time.ts';
import { noteMissingYear } from '../calendar/missing-year.ts';
import type { MissingYear, ReckonedWait, WaitClock } from '../calendar/port.ts';
import type { Directory } from '../directory/port.ts';
import type { Alarms } from '../process/alarms.ts';
import { answerAgain, type ProcessChange, type ProcessHead, type Wait } from '../process/domain/process.ts';
import type { WorkItem } from '../process/store/port.ts';
import { type Decision, type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { repeated, setWaitAlarms } from '../process/wait-alarms.ts';
import { approvalEffects } from './approval-effects.ts';
import { approvalEntries } from './approval-entries.ts';
import { readApprovalItem, replaceApproval } from './approval-store.ts';
import { askedZones } from './asked-zones.ts';
import { decideApproval } from './domain/approval.ts';
import type { ApprovalCommand } from './domain/approval-commands.ts';
import type { ApprovalState, OpenLevel } from './domain/approval-state.ts';
import { timesOf } from './domain/levels.ts';
import { OPERATORS } from './domain/plan.ts';
import { currentApprovers } from './domain/seats.ts';
import { openingContext } from './opening-context.ts';

export interface OpenLevelInput {
  readonly processId: string;
  readonly approvalId: string;
  /** The same for every retry of one entry of the state. */
  readonly waitId: string;
  readonly token: string;
}

export interface OpenLevelDeps extends ProcessDeps {
  readonly alarms: Alarms;
  readonly waitClock: WaitClock;
  readonly directory: Directory;
}

/**
 * Opens the current level, or answers at once when the approval is closed. Idempotent per wait: a retry brings only its
 * new token. The alarms are set after the commit; a crash between the two is mended by the state machine's retry.
 * @returns the year whose working days were asked for and are not known.
 */
export async function openLevel(deps: OpenLevelDeps, input: OpenLevelInput): Promise<MissingYear | undefined> {
  const approval = await updateProcess<unknown, ApprovalState>(deps, input.processId, async (head) => {
    const item = await readApprovalItem(deps.store, input.processId, input.approvalId);
    const again = answerAgain(head, input.waitId, input.token);
    return again === undefined ? openAt(deps, head, item, input) : { change: again, output: item.value };
  });
  if (approval.open?.waitId !== input.waitId) {
    return undefined;
  }
  const { hoursAfter, missing } = await reckon(deps, approval, approval.open.openedAt);
  await setWaitAlarms(deps.alarms, input, momentsOf(approval, approval.open, hoursAfter), approval.open.deadline);
  return missing;
}

/** It reminds and escalates again and again until its deadline. */
function momentsOf(approval: ApprovalState, { openedAt, deadline }: OpenLevel, hoursAfter: HoursAfter) {
  return repeated({ ...timesOf(approval, approval.level), openedAt, deadline }, hoursAfter);
}

/** On the working days of everybody who is asked. */
async function reckon(deps: OpenLevelDeps, approval: ApprovalState, openedAt: string): Promise<ReckonedWait> {
  const { expireAfterHours, isOnTheClock } = timesOf(approval, approval.level);
  const timeZones = await askedZones(deps.directory, approval);
  return deps.waitClock.reckon({ openedAt, expireAfterHours, isOnTheClock, timeZones });
}

async function openAt(
  deps: OpenLevelDeps,
  head: ProcessHead,
  item: WorkItem<ApprovalState>,
  input: OpenLevelInput,
): Promise<Decision<unknown, ApprovalState>> {
  const now = deps.clock.now();
  const reckoned = await reckon(deps, item.value, now.toISOString());
  const { interruption } = head;
  const command: ApprovalCommand =
    // What failed while a purchase is being undone is for the operators all the same.
    interruption === undefined || item.value.plan.subject === 'operator'
      ? { kind: 'open', waitId: input.waitId, openedAt: now.toISOString() }
      : { kind: 'cancel', outcome: interruption.outcome };
  const people = await openingContext(deps.directory, item.value, now);
  const result = decideApproval(item.value, command, { hoursAfter: reckoned.hoursAfter, ...people });
  if (result.kind === 'refused') {
    throw new Error(`opening a level was refused: ${result.refusal}`);
  }
  const { state, events } = result;
  const isOpened = events.some(({ type }) => type === 'LevelOpened' || type === 'LevelReopened');
  const note = await noteMissingYear(deps.store, input.waitId, isOpened ? reckoned.missing : undefined);
  const entries = approvalEntries(item.value, events).map((entry) =>
    isOpened ? { ...entry, facts: { ...entry.facts, ...reckoned.countedBy } } : entry,
  );
  const change: ProcessChange<unknown> = {
    entries: [...entries, ...note.entries],
    effects: [...approvalEffects(head, item.value, state, events), ...note.effects],
    open: waitOf(state, input, now, reckoned.hoursAfter),
    abandon: events.flatMap((event) => (event.type === 'LevelReopened' ? [event.replacedWaitId] : [])),
    ...(state.status === 'closed'
      ? { answers: [{ waitId: input.waitId, output: { outcome: state.outcome ?? 'cancelled' } }] }
      : {}),
  };
  return {
    change,
    also: events.length === 0 ? [] : [...replaceApproval(input.processId, item, state), ...note.also],
    output: state,
  };
}

function waitOf(state: ApprovalState, input: OpenLevelInput, now: Date, hoursAfter: HoursAfter): Wait {
  const { open } = state;
  return {
    waitId: input.waitId,
    kind: 'approval',
    subject: input.approvalId,
    token: input.token,
    openedAt: open?.openedAt ?? now.toISOString(),
    deadline: open?.deadline ?? now.toISOString(),
    owner: currentApprovers(state)[0] ?? OPERATORS,
    ...(open === undefined ? {} : { moments: momentsOf(state, open, hoursAfter) }),
  };
}
