/** What is asked for in a run: two requests of one employee that may get into each other's way. */
import type { LeaveRequestSubmitted } from '../../../functions/events/leave-request-submitted.ts';
import { leaveEvent } from '../../support/leave-world.ts';

/** The first request of a run; the runs begin on 1 January 2026, a Thursday. */
const FIRSTS: readonly object[] = [
  { from: '2026-01-12', to: '2026-01-20' },
  { from: '2026-03-06', to: '2026-03-09' },
  { from: '2026-01-08', to: '2026-01-14', endsAtNoon: true },
  // Longer than the rules allow at once.
  { from: '2026-03-02', to: '2026-03-16' },
  { kind: 'sick', from: '2026-01-04', to: '2026-01-09' },
  // Nobody is asked about its early end, and it makes nobody a substitute.
  { kind: 'travel', from: '2026-01-12', to: '2026-01-16', destination: 'Chengdu' },
];

/** The second one: of a day that the first has, of a half of its last one, or of the days after it. */
const SECONDS: readonly ((first: LeaveRequestSubmitted['leave']) => object)[] = [
  ({ to }) => ({ from: to, to }),
  ({ to }) => ({ from: to, to, startsAtNoon: true }),
  () => ({ from: '2026-04-13', to: '2026-04-17' }),
];

/** Of somebody who has left, in one of so many runs. */
const REFUSED_ONE_IN = 11;

export function leavesOf(seed: number): readonly [LeaveRequestSubmitted, LeaveRequestSubmitted] {
  const first = leaveEvent({
    leave: FIRSTS[seed % FIRSTS.length] ?? {},
    ...(seed % REFUSED_ONE_IN === 0 ? { employeeId: 'E-1003' } : {}),
  });
  const second = SECONDS[seed % SECONDS.length];
  return [first, leaveEvent({ requestId: 'LV-2', leave: second?.(first.leave) ?? {} })];
}

/** What the employee sends in the place of what was returned; the last two cannot be taken. */
export const CHANGES: readonly object[] = [
  {},
  { reason: 'A wedding' },
  { from: '2026-03-10', to: '2026-03-11' },
  { substituteId: 'E-1004' },
  { from: '2026-03-11', to: '2026-03-10' },
  { kind: 'sabbatical' },
];

/** With it the first request is whole, whatever was wrong with it. */
export const MENDED = { from: '2026-03-12', to: '2026-03-13' };

/** The day so many days before a date. */
export function daysBefore(date: string, days: number): string {
  return new Date(Date.parse(date) - days * 86_400_000).toISOString().slice(0, 10);
}
