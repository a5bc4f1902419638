/**
 * Absences beside the versions of the directory: leaves that the OA approved, and what people name themselves. One item per
 * person, and beside it an index of whom each substitute stands in for, which is written in the same transaction.
 */
import { leavesKey, standInKey } from '../process/keys.ts';
import type { ProcessStore, WorkChange, WorkItem } from '../process/store/port.ts';
import type { Absence, Person, StandIn } from './port.ts';

export interface Leave extends Absence {
  /** The process of the leave. */
  readonly leaveId: string;
  /** The person named it themselves: it ends by their word, and no leave of the OA gives way to it. */
  readonly isOwn?: true;
}

export interface LeavesOfPerson {
  /** Where they overlap, the first counts: leaves of the OA before one's own, and of each the one that came last. */
  readonly leaves: readonly Leave[];
}

/** How long after its end a leave is still kept with its person; its record stays for good. */
const KEPT = 31 * 24 * 3_600_000;

/** Undefined: nobody of that id ever had a leave. */
export function readLeaves(store: ProcessStore, employeeId: string): Promise<WorkItem<LeavesOfPerson> | undefined> {
  return store.read<LeavesOfPerson>(leavesKey(employeeId));
}

/** Without one leave, and without what ended long ago. */
export function leavesWithout(
  item: WorkItem<LeavesOfPerson> | undefined,
  leaveId: string,
  now: Date,
): readonly Leave[] {
  const oldest = now.getTime() - KEPT;
  return (item?.value.leaves ?? []).filter((leave) => leave.leaveId !== leaveId && Date.parse(leave.until) > oldest);
}

/** What was approved last comes first, also before what the person named; what ended long ago goes. */
export function withLeaveFirst(item: WorkItem<LeavesOfPerson> | undefined, leave: Leave, now: Date): readonly Leave[] {
  return [leave, ...leavesWithout(item, leave.leaveId, now)];
}

/** The item with other leaves, if nobody else changed it since it was read, and the index as it is then. */
export function replaceLeaves(
  employeeId: string,
  item: WorkItem<LeavesOfPerson> | undefined,
  leaves: readonly Leave[],
): readonly WorkChange[] {
  const value: LeavesOfPerson = { leaves };
  const key = leavesKey(employeeId);
  return [
    item === undefined ? { kind: 'create', key, value } : { kind: 'replace', key, ifVersion: item.version, value },
    ...indexChanges(employeeId, item?.value.leaves ?? [], leaves),
  ];
}

function indexChanges(employeeId: string, before: readonly Leave[], after: readonly Leave[]): readonly WorkChange[] {
  const placeOf = ({ substituteId, leaveId }: Leave) => `${substituteId}\n${leaveId}`;
  const was = new Map(before.map((leave) => [placeOf(leave), leave]));
  const is = new Map(after.map((leave) => [placeOf(leave), leave]));
  return [
    ...[...was]
      .filter(([place]) => !is.has(place))
      .map(([, { substituteId, leaveId }]) => ({ kind: 'remove', key: standInKey(substituteId, leaveId) }) as const),
    ...[...is]
      .filter(([place, leave]) => JSON.stringify(was.get(place)) !== JSON.stringify(leave))
      .map(([, leave]) => standInItem(employeeId, leave)),
  ];
}

function standInItem(employeeId: string, { leaveId, isOwn: _, ...absence }: Leave): WorkChange {
  const value: StandIn = { employeeId, absence };
  const expiresAt = new Date(Date.parse(absence.until) + KEPT);
  return { kind: 'put', key: standInKey(absence.substituteId, leaveId), value, expiresAt };
}

/** Leaves and absences of one's own in which this person stands in. */
export async function readStandIns(store: ProcessStore, substituteId: string): Promise<readonly StandIn[]> {
  const items = await store.list<StandIn>(standInKey(substituteId, '').partition, '');
  return items.map(({ value }) => value);
}

/** A person with all their absences: leaves come before what the directory itself says of the same days. */
export async function withLeaves(
  store: ProcessStore,
  person: (employeeId: string) => Promise<Person | undefined>,
  employeeId: string,
): Promise<Person | undefined> {
  const [found, item] = await Promise.all([person(employeeId), readLeaves(store, employeeId)]);
  const leaves = item?.value.leaves ?? [];
  return found === undefined || leaves.length === 0
    ? found
    : { ...found, absences: [...leaves, ...(found.absences ?? [])] };
}
