/** Takes back what a leave request did: the absence in the ERP, and that somebody stands in. */
import { leavesWithout, readLeaves, replaceLeaves } from '../directory/leaves.ts';
import type { Effect } from '../process/domain/process.ts';
import type { WorkChange } from '../process/store/port.ts';
import { updateProcess } from '../process/update-process.ts';
import { commandKey } from '../requests/domain/request.ts';
import { intentChange } from '../requests/record-intent.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { absenceCommand, absenceKey, LEAVE, type LeaveHead, type LeaveRequestState } from './domain/leave-process.ts';
import type { AbsenceDeps } from './record-absence.ts';
import { standInMail } from './stand-in-mail.ts';

export type UndoLeaveOutcome = 'nothing-to-undo' | 'absence-cancelled';

/**
 * Idempotent. An absence whose recording was intended but never answered is taken back all the same: its key is used up
 * then, and a recording that comes later finds it cancelled. Nobody stands in from the intent on, whatever the ERP answers:
 * where it refuses, operators take the absence back there by hand.
 */
export async function undoLeave(deps: AbsenceDeps, processId: string): Promise<{ outcome: UndoLeaveOutcome }> {
  const step = await updateProcess<LeaveRequestState, LeaveHead | UndoLeaveOutcome>(deps, processId, async (head) => {
    const { state } = head;
    const key = absenceKey(processId);
    if (!state.intended.includes(key) || state.undone === true) {
      return { output: state.undone === true ? 'absence-cancelled' : 'nothing-to-undo' };
    }
    const intent = intentChange(LEAVE, state, commandKey(processId, 'cancel'), {
      type: 'AbsenceCancelIntended',
      facts: { absence: key },
    });
    if (intent === undefined) {
      return { output: head };
    }
    const { also, effects } = await withoutStandIn(deps, head);
    return { change: { ...intent, effects }, also, output: head };
  });
  if (typeof step === 'string') {
    return { outcome: step };
  }
  if (!(await cancel(deps, step))) {
    return { outcome: 'nothing-to-undo' };
  }
  await recordUndo(deps, processId);
  return { outcome: 'absence-cancelled' };
}

/** False: the ERP would never have taken it, so it cannot have been recorded. */
async function cancel({ time }: AbsenceDeps, head: LeaveHead): Promise<boolean> {
  try {
    await time.cancelAbsence(absenceCommand(head));
    return true;
  } catch (error) {
    if (error instanceof BusinessRuleError && head.state.recorded === undefined) {
      return false;
    }
    throw error;
  }
}

async function recordUndo(deps: AbsenceDeps, processId: string): Promise<void> {
  await updateProcess<LeaveRequestState, void>(deps, processId, ({ state }) =>
    state.undone === true
      ? { output: undefined }
      : {
          change: {
            entries: [
              { type: 'AbsenceCancelled', actor: { kind: 'erp', id: 'erp' }, facts: { key: absenceKey(processId) } },
            ],
            state: { ...state, undone: true },
          },
          output: undefined,
        },
  );
}

/** Whoever was to stand in is told that they need not. */
async function withoutStandIn(
  { store, clock, directory }: AbsenceDeps,
  { processId, requesterId }: LeaveHead,
): Promise<{ readonly also: readonly WorkChange[]; readonly effects: readonly Effect[] }> {
  const item = await readLeaves(store, requesterId);
  const leave = item?.value.leaves.find(({ leaveId }) => leaveId === processId);
  return leave === undefined
    ? { also: [], effects: [] }
    : {
        also: replaceLeaves(requesterId, item, leavesWithout(item, processId, clock.now())),
        effects: [await standInMail(directory, { employeeId: requesterId, ...leave }, 'ended')],
      };
}
