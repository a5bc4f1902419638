/** A running leave ends on an earlier day: in the ERP, in the balance, and for whoever stands in. */
import { readApproval } from '../approvals/approval-store.ts';
import { readLeaves, replaceLeaves } from '../directory/leaves.ts';
import type { Effect, ProcessChange } from '../process/domain/process.ts';
import { versionOf } from '../process/domain/process.ts';
import type { WorkChange } from '../process/store/port.ts';
import { updateProcess } from '../process/update-process.ts';
import { commandKey } from '../requests/domain/request.ts';
import { intentChange } from '../requests/record-intent.ts';
import { shortened } from './domain/early-return.ts';
import { recordedMessage, shorteningRefusedMessage } from './domain/leave-messages.ts';
import {
  absenceCommand,
  checkedLeave,
  LEAVE,
  type LeaveHead,
  type LeaveRequestState,
  type Shortening,
} from './domain/leave-process.ts';
import { claimDays, readClaims } from './leave-claims.ts';
import type { AbsenceDeps } from './record-absence.ts';
import { standInMail } from './stand-in-mail.ts';

/** `as-it-was`: it was not approved, or nothing is left to be done. */
export type ShortenOutcome = 'shortened' | 'as-it-was';

/**
 * Carries out what the requester reported, where nobody is to be asked or who was asked said yes; otherwise the leave stands
 * and the OA is told. Idempotent. Errors are those of the time port.
 */
export async function shortenAbsence(deps: AbsenceDeps, processId: string): Promise<{ outcome: ShortenOutcome }> {
  const step = await updateProcess<LeaveRequestState, LeaveHead | ShortenOutcome>(deps, processId, async (head) => {
    const { shortening } = head.state;
    if (shortening === undefined) {
      return { output: 'as-it-was' };
    }
    if (shortening.isToBeApproved && !(await isApproved(deps, head, shortening))) {
      return { change: notApproved(head), output: 'as-it-was' };
    }
    if (shortening.isNotTaken === true) {
      // The wait for its end, which comes next, ends at once: all of it is taken back as of any that is withdrawn.
      const state = { ...head.state, shortening: { ...shortening, isToBeApproved: false } };
      return { change: { entries: [], state }, output: 'as-it-was' };
    }
    const { days } = absenceCommand(afterwards(head, shortening));
    const change = intentChange(LEAVE, head.state, commandKey(processId, `shorten-${versionOf(head)}`), {
      type: 'ShorteningIntended',
      facts: { to: shortening.to, days: days.map((day) => ({ ...day })) },
    });
    return change === undefined ? { output: head } : { change, output: head };
  });
  if (typeof step === 'string') {
    return { outcome: step };
  }
  const { shortening } = step.state;
  if (shortening !== undefined) {
    await deps.time.shortenAbsence(absenceCommand(afterwards(step, shortening)));
    await recordShortening(deps, processId);
  }
  return { outcome: 'shortened' };
}

async function isApproved(
  { store }: AbsenceDeps,
  { processId }: LeaveHead,
  { approvalId }: Shortening,
): Promise<boolean> {
  return approvalId !== undefined && (await readApproval(store, processId, approvalId))?.outcome === 'approved';
}

function notApproved({ state: { shortening: _, ...state } }: LeaveHead): ProcessChange<LeaveRequestState> {
  const actor = { kind: 'meridian', id: LEAVE.kind } as const;
  return {
    entries: [{ type: 'ShorteningRefused', actor, facts: { refusal: 'not-approved' } }],
    state,
    phase: 'Leave',
    effects: [{ kind: 'tell-oa', message: shorteningRefusedMessage('not-approved') }],
  };
}

function afterwards(head: LeaveHead, shortening: Shortening): LeaveHead {
  return { ...head, state: { ...head.state, ...shortened(checkedLeave(head.state), shortening) } };
}

async function recordShortening(deps: AbsenceDeps, processId: string): Promise<void> {
  await updateProcess<LeaveRequestState, void>(deps, processId, async (head) => {
    const { shortening } = head.state;
    if (shortening === undefined) {
      return { output: undefined };
    }
    const { requesterId, state } = afterwards(head, shortening);
    const { shortening: _, ...next } = state;
    const { leave, checked } = checkedLeave(next);
    const days = checked.days.map((day) => ({ ...day, kind: leave.kind }));
    const claims = await readClaims(deps.store, requesterId);
    const standIn = await standInUntil(deps, head, checked.ends);
    return {
      change: {
        entries: [
          {
            type: 'AbsenceShortened',
            actor: { kind: 'erp', id: 'erp' },
            facts: { to: leave.to, days: days.length, length: checked.length },
          },
        ],
        state: next,
        phase: 'Leave',
        effects: [{ kind: 'tell-oa', message: recordedMessage(leave, checked) }, ...standIn.effects],
      },
      also: [claimDays(requesterId, claims, { processId, days }), ...standIn.also],
      output: undefined,
    };
  });
}

/** Whoever stands in does so until the new end, and is told. */
async function standInUntil(
  { store, clock, directory }: AbsenceDeps,
  { processId, requesterId }: LeaveHead,
  until: string,
): Promise<{ readonly also: readonly WorkChange[]; readonly effects: readonly Effect[] }> {
  const item = await readLeaves(store, requesterId);
  const leaves = item?.value.leaves ?? [];
  const leave = leaves.find(({ leaveId }) => leaveId === processId);
  if (leave === undefined) {
    return { also: [], effects: [] };
  }
  const ended = { ...leave, until };
  const news = Date.parse(until) <= clock.now().getTime() ? 'ended' : 'named';
  return {
    also: replaceLeaves(
      requesterId,
      item,
      leaves.map((one) => (one.leaveId === processId ? ended : one)),
    ),
    effects: [await standInMail(directory, { employeeId: requesterId, ...ended }, news)],
  };
}
