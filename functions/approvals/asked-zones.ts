/** By whose clocks the times of a level count. */
import type { Directory } from '../directory/port.ts';
import type { ApprovalState } from './domain/approval-state.ts';
import { askedNow } from './domain/levels.ts';

/** IANA zones of everybody who is asked on the current level; undefined: somebody who has the company's. */
export function askedZones(directory: Directory, approval: ApprovalState): Promise<readonly (string | undefined)[]> {
  return Promise.all(askedNow(approval).map(async (employeeId) => (await directory.person(employeeId))?.timeZone));
}
