/** What a leave request has come to, in one line for each side that must agree. */
import type { LeaveRequestSubmitted } from '../../functions/events/leave-request-submitted.ts';
import type { LeaveWorld } from './leave-world.ts';
import type { End } from './path-coverage.ts';
import { bookDifferences } from './reconciliation.ts';
import { handInRequest, NOTHING } from './request-end.ts';

/** Hands in the world of a leave request, and with it asserts its end: in the ERP, all absences with their hours, and what an auditor finds. */
export async function handInLeave(
  world: LeaveWorld,
  event: LeaveRequestSubmitted,
  expected: End,
  unfit: readonly string[] = [],
): Promise<void> {
  const erp = [erpLine(world), ...(await bookDifferences(world))].join(', ');
  await handInRequest(world, event, erp, expected, unfit);
}

/** `annual 2026-03-06 8, 2026-03-09 8`, or `annual cancelled`. */
function erpLine({ time }: LeaveWorld): string {
  const absences = time.allAbsences().map(({ kind, days, state }) => {
    const hours = days.map(({ date, hours: worked }) => `${date} ${worked}`).join(', ');
    return `${kind} ${state === 'cancelled' ? state : hours}`;
  });
  return absences.join('; ') || NOTHING;
}
