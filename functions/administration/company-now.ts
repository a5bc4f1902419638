/** The directory as it counts now, whole: which version, since when and by whom, and what of it needs mending. */
import { listTasks } from '../approvals/task-list.ts';
import type { RecordEntry } from '../audit/domain/record.ts';
import { type DirectoryData, personOf } from '../directory/directory-file.ts';
import { currentVersion, DIRECTORY_PROCESS, readDirectoryVersion } from '../directory/directory-versions.ts';
import { withLeaves } from '../directory/leaves.ts';
import type { Absence } from '../directory/port.ts';
import { absencesInForce } from '../directory/substitutes.ts';
import type { ProcessStore } from '../process/store/port.ts';

export interface CompanyDeps {
  readonly store: ProcessStore;
  /** Version 0. */
  readonly deployed: DirectoryData;
}

export interface CompanyNow {
  readonly version: number;
  readonly data: DirectoryData;
  /** Which version came to count when, and who did it; newest first. */
  readonly changes: readonly RecordEntry[];
}

/** Somebody who has left with tasks that are still open. */
export interface LeaverTasks {
  readonly employeeId: string;
  readonly count: number;
  /** There are more than these. */
  readonly hasMore: boolean;
}

/** Tasks that are counted one by one. */
const COUNTED_TASKS = 200;
/** People who are read at once. */
const AT_ONCE = 25;

export async function companyNow({ store, deployed }: CompanyDeps): Promise<CompanyNow> {
  const [version, record] = await Promise.all([currentVersion(store), store.readRecord(DIRECTORY_PROCESS)]);
  return {
    version,
    data: version === 0 ? deployed : await readDirectoryVersion(store, version),
    changes: record.filter(({ type }) => type === 'DirectoryChanged').reverse(),
  };
}

/** How many tasks are open with somebody, as far as they are counted. */
export async function countTasks(store: ProcessStore, employeeId: string): Promise<Omit<LeaverTasks, 'employeeId'>> {
  const { tasks, next } = await listTasks(store, employeeId, { limit: COUNTED_TASKS });
  return { count: tasks.length, hasMore: next !== undefined };
}

/** Those who have left and are still asked something. */
export async function leaversWithTasks(
  store: ProcessStore,
  { people }: DirectoryData,
): Promise<readonly LeaverTasks[]> {
  const leavers = people.filter(({ active }) => !active);
  const counted = await inPortions(leavers, async ({ employeeId }) => ({
    employeeId,
    ...(await countTasks(store, employeeId)),
  }));
  return counted.filter(({ count }) => count > 0);
}

/** All absences of a person, as routing reads them: approved leaves and their own come first, then those of the directory. */
export async function absencesOf(
  store: ProcessStore,
  person: DirectoryData['people'][number],
): Promise<readonly Absence[]> {
  return (await withLeaves(store, async () => personOf(person), person.employeeId))?.absences ?? [];
}

/** Who of these people is away at the moment, and by which absences; one with a scope leaves them their other tasks. */
export async function awayAmong(
  store: ProcessStore,
  people: DirectoryData['people'],
  now: Date,
): Promise<ReadonlyMap<string, readonly Absence[]>> {
  const found = await inPortions(people, async (person) => {
    const absences = absencesInForce({ absences: await absencesOf(store, person) }, now);
    return absences.length === 0 ? [] : [[person.employeeId, absences] as const];
  });
  return new Map(found.flat());
}

async function inPortions<T, R>(items: readonly T[], read: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(read))));
  }
  return results;
}
