/** A journey on business that was approved, for whoever needs to know that it was. */
import type { OaReference } from '../events/envelope.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { readHead } from '../process/update-process.ts';
import { processIdOf } from '../requests/register-request.ts';
import { LEAVE, type LeaveRequestState } from './domain/leave-process.ts';

/**
 * First and last day (`YYYY-MM-DD` of the company's time zone). Undefined: nothing of the kind is approved for that person
 * under the number, or it was taken back.
 */
export async function readJourney(
  store: ProcessStore,
  oa: OaReference,
  employeeId: string,
): Promise<{ readonly from: string; readonly to: string } | undefined> {
  const head = await readHead<LeaveRequestState>(store, processIdOf(LEAVE, oa));
  const { leave, checked, recorded, undone } = head?.state ?? {};
  const stands = recorded !== undefined && undone === undefined && checked?.isOnBusiness === true;
  return head?.requesterId === employeeId && stands && leave !== undefined
    ? { from: leave.from, to: leave.to }
    : undefined;
}
