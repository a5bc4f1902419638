/** The end of a leave request: its days are claimed no more, and what every process ends with. */
import { type CloseDeps, closeRequest } from '../requests/close-request.ts';
import { LEAVE_ENDINGS } from './domain/leave-messages.ts';
import { LEAVE, type LeaveOutcome } from './domain/leave-process.ts';
import { releaseDays } from './leave-claims.ts';

/** `ending`: how the state machine came here. Idempotent: an ended process stays as it ended. */
export function closeLeave(
  deps: CloseDeps,
  { processId, ending }: { readonly processId: string; readonly ending: string },
): Promise<{ outcome: LeaveOutcome }> {
  return closeRequest(deps, LEAVE, {
    processId,
    ending,
    outcomes: OUTCOMES,
    endings: LEAVE_ENDINGS,
    told: (_outcome, { checked }) => (checked === undefined ? {} : { length: checked.length }),
    mailed: () => ({}),
    // Whether the ERP took it or not, an absence is taken back before the process ends without it.
    openIntents: () => [],
    also: ({ requesterId }) => releaseDays(deps.store, requesterId, processId),
  });
}

const OUTCOMES: { readonly [ending: string]: LeaveOutcome } = {
  granted: 'granted',
  refused: 'refused',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  cancelled: 'cancelled',
  expired: 'expired',
};
