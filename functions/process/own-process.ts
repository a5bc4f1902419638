/** Processes that Meridian opens itself: no OA asked for them. */
import { EMPTY_CHAIN } from '../audit/domain/record.ts';
import { OWN_SYSTEM } from '../events/envelope.ts';
import type { ProcessHead } from './domain/process.ts';

export interface OwnProcess<State> {
  readonly processId: string;
  readonly kind: string;
  /** Whose it is: an employee id, or what it is opened for; empty: nobody's. */
  readonly requesterId: string;
  readonly phase: string;
  readonly state: State;
}

/** One that a state machine works on from now on. */
export function runningProcess<State>(own: OwnProcess<State>, executionId: string, now: Date): ProcessHead<State> {
  const { processId } = own;
  return {
    ...own,
    executionId,
    oa: { system: OWN_SYSTEM, requestId: processId },
    chain: EMPTY_CHAIN,
    status: 'running',
    startedAt: now.toISOString(),
    waits: {},
    answers: {},
    holds: [],
  };
}

/** One that only has a record: no machine works on it, and it is over as soon as it is there. */
export function recordOnly<State>(own: OwnProcess<State>, now: Date): ProcessHead<State> {
  return { ...runningProcess(own, '', now), status: 'ended', endedAt: now.toISOString() };
}
