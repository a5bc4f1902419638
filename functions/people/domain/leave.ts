/**
 * One leave, as the OA's events about it add up. Pure. Events come twice and in any order: what happened last counts, and a
 * cancellation counts for good.
 */

/** What the leave is, for the record and the process's head. */
export interface LeaveState {
  readonly employeeId: string;
  /** `past`: it had ended before it was heard of, and makes nobody a substitute. */
  readonly status: 'approved' | 'past' | 'cancelled';
  /** When what is known last happened at the OA. */
  readonly asOf: string;
  /** Absent for a leave that was cancelled before it was approved. */
  readonly from?: string;
  readonly until?: string;
  readonly scope?: readonly string[];
  readonly substitute?: Substitute;
}

/** Who stands in, and who said so: the event, the directory, or the rule that it is the manager. */
export interface Substitute {
  readonly employeeId: string;
  readonly chosenBy: 'event' | 'directory' | 'manager';
}

/** One event of the OA. */
export type LeaveNews = { readonly employeeId: string; readonly occurredAt: string } & (
  | { readonly kind: 'cancelled' }
  | {
      readonly kind: 'approved';
      readonly from: string;
      readonly until: string;
      readonly scope?: readonly string[];
      readonly substitute?: Substitute;
    }
);

/** The leave after the event; undefined: the event changes nothing. */
export function leaveAfter(before: LeaveState | undefined, news: LeaveNews, now: Date): LeaveState | undefined {
  if (before?.status === 'cancelled') {
    return undefined;
  }
  const { employeeId, occurredAt: asOf } = news;
  if (news.kind === 'cancelled') {
    return { ...before, employeeId, status: 'cancelled', asOf };
  }
  // The same event again, or one that was overtaken.
  if (before !== undefined && Date.parse(asOf) <= Date.parse(before.asOf)) {
    return undefined;
  }
  const { from, until, scope, substitute } = news;
  return {
    employeeId,
    status: Date.parse(until) <= now.getTime() ? 'past' : 'approved',
    asOf,
    from,
    until,
    ...(scope === undefined ? {} : { scope }),
    ...(substitute === undefined ? {} : { substitute }),
  };
}
