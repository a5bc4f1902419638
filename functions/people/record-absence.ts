/** An approved leave becomes an absence in the ERP, once, and makes the substitute for approvals. */
import type { Absence, AbsenceCommand, TimePort } from '../connectors/erp/time-port.ts';
import { readLeaves, replaceLeaves, withLeaveFirst } from '../directory/leaves.ts';
import type { Directory } from '../directory/port.ts';
import type { Effect } from '../process/domain/process.ts';
import type { WorkChange } from '../process/store/port.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { barrierOf } from '../requests/domain/request.ts';
import { intentChange } from '../requests/record-intent.ts';
import { ConnectorPermanentError } from '../runtime/errors.ts';
import { chooseSubstitute } from './choose-substitute.ts';
import type { Substitute } from './domain/leave.ts';
import { recordedMessage } from './domain/leave-messages.ts';
import {
  absenceCommand,
  checkedLeave,
  LEAVE,
  type LeaveHead,
  type LeaveRequestState,
  leaveTitle,
} from './domain/leave-process.ts';
import { nobodyStandsIn } from './nobody-stands-in.ts';
import { type StandInPeriod, standInMail, toldAtOnce } from './stand-in-mail.ts';

export interface AbsenceDeps extends ProcessDeps {
  readonly time: TimePort;
  readonly directory: Directory;
}

/** `held` by compliance, or withdrawn: nothing was recorded. */
export type RecordOutcome = 'recorded' | 'held' | 'withdrawn';

/** Idempotent per process: one absence, however often it is called. Errors are those of the time port. */
export async function recordAbsence(deps: AbsenceDeps, processId: string): Promise<{ outcome: RecordOutcome }> {
  const step = await updateProcess<LeaveRequestState, LeaveHead | RecordOutcome>(deps, processId, (head) => {
    const command = absenceCommand(head);
    const barred = head.state.recorded === undefined ? barrierOf(head, command.key) : 'recorded';
    if (barred !== undefined) {
      return { output: barred === 'cancelled-in-erp' ? 'withdrawn' : barred };
    }
    const { kind, days } = command;
    const change = intentChange(LEAVE, head.state, command.key, {
      type: 'AbsenceIntended',
      facts: { kind, days: days.map((day) => ({ ...day })) },
    });
    return change === undefined ? { output: head } : { change, output: head };
  });
  if (typeof step === 'string') {
    return { outcome: step };
  }
  const command = absenceCommand(step);
  const absence = await deps.time.recordAbsence(command);
  demandSame(command, absence);
  await recordOutcome(deps, processId);
  return { outcome: 'recorded' };
}

/** People may have changed it in the ERP before we heard of it. */
function demandSame(command: AbsenceCommand, { kind, employeeId, days }: Absence): void {
  const inOrder = command.days.toSorted((one, other) => (one.date < other.date ? -1 : 1));
  const isSame =
    kind === command.kind &&
    employeeId === command.employeeId &&
    days.length === inOrder.length &&
    days.every(
      ({ date, hours }, index) => date === inOrder[index]?.date && Number(hours) === Number(inOrder[index].hours),
    );
  if (!isSame) {
    throw new ConnectorPermanentError(`absence ${command.key} in the ERP is not what was approved: mend it there`);
  }
}

async function recordOutcome(deps: AbsenceDeps, processId: string): Promise<void> {
  await updateProcess<LeaveRequestState, void>(deps, processId, async (head) => {
    if (head.state.recorded !== undefined) {
      return { output: undefined };
    }
    const substitute = await substituteOf(deps, head);
    const standIn = standInOf(deps, head, substitute);
    const { key, days } = absenceCommand(head);
    return {
      change: {
        entries: [
          {
            type: 'AbsenceRecorded',
            actor: { kind: 'erp', id: 'erp' },
            facts: {
              key,
              days: days.length,
              substituteId: substitute?.employeeId,
              chosenBy: substitute?.chosenBy ?? 'nobody',
            },
          },
        ],
        state: { ...head.state, recorded: { key, ...(substitute === undefined ? {} : { substitute }) } },
        phase: 'Approved leave',
        effects: [...newsOf(head, substitute), ...(await standInNews(deps, standIn))],
      },
      also: await standInChanges(deps, head, standIn),
      output: undefined,
    };
  });
}

/** Whoever is on business decides on the way, unless the request itself names somebody. */
async function substituteOf({ directory }: AbsenceDeps, { requesterId, state }: LeaveHead) {
  const person = await directory.person(requesterId);
  const named = state.leave?.substituteId;
  const isAsked = state.checked?.isOnBusiness === true && named === undefined;
  return person === undefined || isAsked ? undefined : chooseSubstitute(directory, person, named);
}

/** Undefined: nobody stands in, or the absence is over already. */
function standInOf(
  { clock }: AbsenceDeps,
  { requesterId, state }: LeaveHead,
  substitute: Substitute | undefined,
): StandInPeriod | undefined {
  const { begins: from, ends: until } = checkedLeave(state).checked;
  return substitute === undefined || Date.parse(until) <= clock.now().getTime()
    ? undefined
    : { employeeId: requesterId, substituteId: substitute.employeeId, from, until };
}

/** As a leave does that an OA approved itself: it counts before what the person named. */
async function standInChanges(
  { store, clock }: AbsenceDeps,
  { processId, requesterId }: LeaveHead,
  standIn: StandInPeriod | undefined,
): Promise<readonly WorkChange[]> {
  if (standIn === undefined) {
    return [];
  }
  const { employeeId: _, ...absence } = standIn;
  const item = await readLeaves(store, requesterId);
  const leaves = withLeaveFirst(item, { leaveId: processId, ...absence }, clock.now());
  return [...replaceLeaves(requesterId, item, leaves), ...toldAtOnce(standIn, clock.now())];
}

async function standInNews({ directory }: AbsenceDeps, standIn: StandInPeriod | undefined): Promise<readonly Effect[]> {
  return standIn === undefined ? [] : [await standInMail(directory, standIn, 'named')];
}

function newsOf({ requesterId, state }: LeaveHead, substitute: Substitute | undefined): readonly Effect[] {
  const { leave, checked } = checkedLeave(state);
  const facts = { outcome: 'approved', title: leaveTitle(leave), noun: LEAVE.noun };
  return [
    { kind: 'tell-oa', message: recordedMessage(leave, checked) },
    { kind: 'mail', mail: { to: requesterId, template: 'process-news', facts } },
    ...(substitute === undefined && checked.isOnBusiness === undefined
      ? [nobodyStandsIn({ employeeId: requesterId, from: checked.begins, until: checked.ends })]
      : []),
  ];
}
