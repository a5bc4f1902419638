/** The record of a process for whoever is known: its requester, whoever is or was asked about it, operators and auditors. */
import { noteRead } from '../audit/note-read.ts';
import { readTimeline, type Timeline, type TimelineDeps } from '../audit/timeline.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import type { SignedIn } from '../sign-in/signed-in.ts';
import { isInvolved } from './list-requests.ts';

export type RecordReader = Pick<SignedIn, 'employeeId' | 'roles'>;

/** Undefined: there is no such process, or it is none of the reader's business, which looks the same. That it was read is noted. */
export async function readRecordFor(
  deps: TimelineDeps & ProcessDeps,
  { employeeId, roles }: RecordReader,
  processId: string,
): Promise<Timeline | undefined> {
  const readsAll = roles.includes('auditor') || roles.includes('operator');
  const mayRead = readsAll || (await isInvolved(deps.store, processId, employeeId));
  const timeline = mayRead ? await readTimeline(deps, processId) : undefined;
  if (timeline !== undefined) {
    await noteRead(deps, { processId, reader: { kind: 'person', id: employeeId }, what: 'record' });
  }
  return timeline;
}
