/** Approved leaves as absences: one item per person, beside the versions of the directory. */
import { leavesKey } from '../process/keys.ts';
import type { ProcessStore, WorkChange, WorkItem } from '../process/store/port.ts';
import type { Absence } from './port.ts';

export interface Leave extends Absence {
  /** The process of the leave. */
  readonly leaveId: string;
}

export interface LeavesOfPerson {
  /** The one that was approved last comes first: where leaves overlap, it counts. */
  readonly leaves: readonly Leave[];
}

/** Undefined: nobody of that id ever had a leave. */
export function readLeaves(store: ProcessStore, employeeId: string): Promise<WorkItem<LeavesOfPerson> | undefined> {
  return store.read<LeavesOfPerson>(leavesKey(employeeId));
}

/** The item with other leaves, if nobody else changed it since it was read. */
export function replaceLeaves(
  employeeId: string,
  item: WorkItem<LeavesOfPerson> | undefined,
  leaves: readonly Leave[],
): WorkChange {
  const value: LeavesOfPerson = { leaves };
  const key = leavesKey(employeeId);
  return item === undefined ? { kind: 'create', key, value } : { kind: 'replace', key, ifVersion: item.version, value };
}
