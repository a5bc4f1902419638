/** The state machine of a leave request waits: for its requester, for a hold to be released, or for the leave to begin. */
import type { MissingYear } from '../calendar/port.ts';
import type { AwaitFactInput } from '../process/await-fact.ts';
import { awaitMoment } from '../requests/await-moment.ts';
import { type OpenWaitDeps, openWait } from '../requests/open-wait.ts';
import { checkedLeave, LEAVE, type LeaveHead, type LeaveRequestState } from './domain/leave-process.ts';

/** What a leave request waits for; other processes wait for other things. */
export type LeaveWaitKind = keyof typeof PHASES;

export type AwaitLeaveInput = Omit<AwaitFactInput, 'kind'> & { readonly kind: LeaveWaitKind };

const PHASES = { rework: 'Rework', hold: 'On hold', 'leave-start': 'Approved leave' } as const;

/**
 * Until the leave begins it can be withdrawn: then the wait ends with that. What has begun is over for Meridian.
 * @returns as {@link openWait}
 */
export async function awaitLeave(deps: OpenWaitDeps, input: AwaitLeaveInput): Promise<MissingYear | undefined> {
  const { kind } = input;
  const phase = PHASES[kind];
  if (kind !== 'leave-start') {
    return openWait<LeaveRequestState>(
      deps,
      LEAVE,
      { ...input, kind },
      { phase, subjectOf: ({ processId }) => processId },
    );
  }
  await awaitMoment<LeaveRequestState>(deps, LEAVE, { ...input, kind }, { phase, at: beginOf });
  return undefined;
}

function beginOf({ state }: LeaveHead): string {
  return checkedLeave(state).checked.begins;
}
