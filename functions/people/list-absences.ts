/** When somebody is away and who stands in for them, and for whom they stand in. */
import { type Leave, readLeaves } from '../directory/leaves.ts';
import type { Absence, Directory } from '../directory/port.ts';
import type { ProcessStore } from '../process/store/port.ts';

/** How far ahead the page looks for those who are away, in milliseconds. */
const AHEAD = 90 * 24 * 3_600_000;

export interface ListedAbsence extends Absence {
  /** Name of the substitute, or of whom one stands in for. */
  readonly name: string;
  /** Who said so: the person themselves, an approved leave, or the directory. */
  readonly source: 'own' | 'leave' | 'directory';
  /** Of one's own, to end it by. */
  readonly leaveId?: string;
}

/** Somebody is away, and one stands in for them. */
export interface ListedStandIn extends Omit<ListedAbsence, 'source' | 'leaveId'> {
  readonly awayId: string;
}

export interface Absences {
  /** Present and coming; the earliest first. */
  readonly own: readonly ListedAbsence[];
  /** Of others, now and in the coming 90 days. */
  readonly standIns: readonly ListedStandIn[];
}

/** Where absences of one person overlap, the substitute of the first that was found counts; all are listed. */
export async function listAbsences(
  { store, directory }: { readonly store: ProcessStore; readonly directory: Directory },
  employeeId: string,
  now: Date,
): Promise<Absences> {
  const [person, item, standIns] = await Promise.all([
    directory.person(employeeId),
    readLeaves(store, employeeId),
    directory.standInsOf(employeeId),
  ]);
  const own = [
    ...(item?.value.leaves ?? []).map(listed),
    ...(person?.absences ?? []).map((absence) => ({ ...absence, source: 'directory' as const })),
  ];
  const nameOf = async (id: string) => (await directory.person(id))?.name ?? id;
  const isAhead = ({ from }: Absence) => Date.parse(from) <= now.getTime() + AHEAD;
  return {
    own: await Promise.all(
      notPast(own, now).map(async (absence) => ({ ...absence, name: await nameOf(absence.substituteId) })),
    ),
    standIns: await Promise.all(
      notPast(
        standIns.map((one) => ({ ...one.absence, awayId: one.employeeId })),
        now,
      )
        .filter(isAhead)
        .map(async (absence) => ({ ...absence, name: await nameOf(absence.awayId) })),
    ),
  };
}

function listed({ leaveId, isOwn, ...absence }: Leave): Omit<ListedAbsence, 'name'> {
  return isOwn === true ? { ...absence, source: 'own', leaveId } : { ...absence, source: 'leave' };
}

function notPast<T extends Absence>(absences: readonly T[], now: Date): readonly T[] {
  return absences
    .filter(({ until }) => Date.parse(until) > now.getTime())
    .toSorted((one, other) => Date.parse(one.from) - Date.parse(other.from));
}
