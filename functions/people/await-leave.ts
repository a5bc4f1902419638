/** The state machine of a leave request waits: for its requester, for a hold to be released, or for the leave to begin and to end. */
import type { MissingYear } from '../calendar/port.ts';
import type { AwaitFactInput } from '../process/await-fact.ts';
import { awaitMoment, type Moment } from '../requests/await-moment.ts';
import { type OpenWaitDeps, openWait } from '../requests/open-wait.ts';
import { checkedLeave, LEAVE, type LeaveRequestState } from './domain/leave-process.ts';

/** What a leave request waits for; other processes wait for other things. */
export type LeaveWaitKind = keyof typeof PHASES;

export type AwaitLeaveInput = Omit<AwaitFactInput, 'kind'> & { readonly kind: LeaveWaitKind };

const PHASES = { rework: 'Rework', hold: 'On hold', 'leave-start': 'Approved leave', 'leave-end': 'Leave' } as const;

/**
 * Until the leave begins it can be withdrawn, and until it is over it can be shortened: then the wait ends with that.
 * @returns as {@link openWait}
 */
export async function awaitLeave(deps: OpenWaitDeps, input: AwaitLeaveInput): Promise<MissingYear | undefined> {
  const { kind } = input;
  const phase = PHASES[kind];
  if (kind !== 'leave-start' && kind !== 'leave-end') {
    return openWait<LeaveRequestState>(
      deps,
      LEAVE,
      { ...input, kind },
      { phase, subjectOf: ({ processId }) => processId },
    );
  }
  await awaitMoment<LeaveRequestState>(deps, LEAVE, { ...input, kind }, { phase, ...MOMENTS[kind] });
  return undefined;
}

const MOMENTS: { readonly [kind in 'leave-start' | 'leave-end']: Omit<Moment<LeaveRequestState>, 'phase'> } = {
  'leave-start': { at: ({ state }) => checkedLeave(state).checked.begins },
  'leave-end': { at: ({ state }) => checkedLeave(state).checked.ends, from: (state) => ({ ...state, begun: true }) },
};
