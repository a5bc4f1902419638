/**
 * The directory as the store has it: the version that counts, asked for once and consistently, then single items of it,
 * which never change. Leaves that were approved stand beside the versions and count whatever the version. Until something
 * was imported, the file of the deployment is the directory.
 */
import { currentDirectoryKey, type DirectoryItemKind, directoryItemKey } from '../process/keys.ts';
import type { ProcessStore } from '../process/store/port.ts';
import type { Role } from '../sign-in/signed-in.ts';
import { readStandIns, withLeaves } from './leaves.ts';
import type { CostCentre, Directory, Person } from './port.ts';
import { standInsAmong, substitutesFor } from './substitutes.ts';

/** Which version counts; 0 is the file of the deployment. */
export interface CurrentDirectory {
  readonly version: number;
}

/** Employee ids, in order: who holds a post, is called something, or has absences with one substitute. */
export interface DirectoryPeople {
  readonly employeeIds: readonly string[];
}

/** A post, as far as the port is asked about it. */
interface DirectoryPost extends DirectoryPeople {
  readonly roles?: readonly Role[];
}

/** A department, as far as the port is asked about it. */
export interface DirectoryDepartment {
  readonly departmentId: string;
  readonly name: string;
  readonly headId?: string;
  readonly legalEntity?: string;
}

/** Nobody is called anything longer, and DynamoDB takes keys of 1,024 bytes. */
const LONGEST_NAME = 250;

/** A {@link Directory} without those who stand in. */
type Chart = Omit<Directory, 'substitutesFor'>;

/** Texts by which people are found are compared in this form. */
export function nameKeyOf(text: string): string {
  return text.trim().toLowerCase();
}

/** @param deployed - version 0 */
export function createStoreDirectory(store: ProcessStore, deployed: Directory): Directory {
  let current: Promise<Chart> | undefined;
  const chart = () => {
    current ??= directoryInForce(store).then((version) => (version === 0 ? deployed : chartOf(store, version)));
    return current;
  };
  return {
    person: async (employeeId) => (await chart()).person(employeeId),
    find: async (text) => (await chart()).find(text),
    rolesOf: async (postIds) => (await chart()).rolesOf(postIds),
    holdersOf: async (postId) => (await chart()).holdersOf(postId),
    headOf: async (departmentId) => (await chart()).headOf(departmentId),
    legalEntityOf: async (departmentId) => (await chart()).legalEntityOf(departmentId),
    costCentre: async (costCentreId) => (await chart()).costCentre(costCentreId),
    async substitutesFor(employeeId, at, subject) {
      const { person } = await chart();
      return substitutesFor((id) => withLeaves(store, person, id), employeeId, at, subject);
    },
    async standInsOf(employeeId) {
      const { standInsOf } = await chart();
      const lists = await Promise.all([readStandIns(store, employeeId), standInsOf(employeeId)]);
      return lists.flat();
    },
  };
}

/** Which version counts now; 0: the file of the deployment. Read consistently. */
export async function directoryInForce(store: ProcessStore): Promise<number> {
  return (await store.read<CurrentDirectory>(currentDirectoryKey()))?.value.version ?? 0;
}

function chartOf(store: ProcessStore, version: number): Chart {
  const read = async <T>(kind: DirectoryItemKind, id: string): Promise<T | undefined> =>
    (await store.read<T>(directoryItemKey(version, kind, id)))?.value;
  const person = (id: string) => read<Person>('PERSON', id);
  const among = async (people: DirectoryPeople | undefined) => {
    const found = await Promise.all((people?.employeeIds ?? []).map(person));
    return found.flatMap((one) => (one === undefined ? [] : [one]));
  };
  const activeAmong = async (people: DirectoryPeople | undefined) => (await among(people)).filter((one) => one.active);
  return {
    person,
    find: async (text) =>
      nameKeyOf(text).length > LONGEST_NAME ? [] : activeAmong(await read('NAME', nameKeyOf(text))),
    async rolesOf(postIds) {
      const posts = await Promise.all(postIds.map((postId) => read<DirectoryPost>('POST', postId)));
      return [...new Set(posts.flatMap((post) => post?.roles ?? []))];
    },
    holdersOf: async (postId) => activeAmong(await read('POST', postId)),
    async headOf(departmentId) {
      const department = await read<DirectoryDepartment>('DEPARTMENT', departmentId);
      const [head] = await activeAmong({ employeeIds: department?.headId === undefined ? [] : [department.headId] });
      return head;
    },
    legalEntityOf: async (departmentId) => (await read<DirectoryDepartment>('DEPARTMENT', departmentId))?.legalEntity,
    standInsOf: async (employeeId) => standInsAmong(await among(await read('SUBSTITUTE', employeeId)), employeeId),
    costCentre: (costCentreId) => read<CostCentre>('COST-CENTRE', costCentreId),
  };
}
