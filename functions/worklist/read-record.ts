/** The record of a process for whoever is known: its requester, whoever is or was asked about it, operators and auditors. */
import { readTimeline, type Timeline, type TimelineDeps } from '../audit/timeline.ts';
import type { SignedIn } from '../sign-in/signed-in.ts';
import { isInvolved } from './list-requests.ts';

export type RecordReader = Pick<SignedIn, 'employeeId' | 'roles'>;

/** Undefined: there is no such process, or it is none of the reader's business, which looks the same. */
export async function readRecordFor(
  deps: TimelineDeps,
  { employeeId, roles }: RecordReader,
  processId: string,
): Promise<Timeline | undefined> {
  const readsAll = roles.includes('auditor') || roles.includes('operator');
  return readsAll || (await isInvolved(deps.store, processId, employeeId)) ? readTimeline(deps, processId) : undefined;
}
