/** A version of the directory as the items of the store, and back. Pure. */
import { type DirectoryItemKind, directoryItemKey } from '../process/keys.ts';
import type { WorkChange, WorkItem } from '../process/store/port.ts';
import { type DirectoryData, personOf } from './directory-file.ts';
import { type DirectoryPeople, nameKeyOf } from './store-directory.ts';

/** `data`: as `parseDirectory` accepted it. */
export function directoryItems(version: number, data: DirectoryData): readonly WorkChange[] {
  const item = (kind: DirectoryItemKind, id: string, value: object): WorkChange => ({
    kind: 'create',
    key: directoryItemKey(version, kind, id),
    value,
  });
  const people = [...data.people].sort((one, other) => (one.employeeId < other.employeeId ? -1 : 1)).map(personOf);
  const names = people.map(({ employeeId, email, name }) => [employeeId, email, name].map(nameKeyOf));
  const holders = groupIds(people.map(({ employeeId, posts }) => [employeeId, posts]));
  const called = groupIds(people.map(({ employeeId }, index) => [employeeId, [...new Set(names[index])]]));
  const substituted = groupIds(
    people.map(({ employeeId, absences = [] }) => [
      employeeId,
      [...new Set(absences.map(({ substituteId }) => substituteId))],
    ]),
  );
  return [
    ...people.map((person) => item('PERSON', person.employeeId, person)),
    ...data.departments.map((department) => item('DEPARTMENT', department.departmentId, department)),
    ...data.costCentres.map((centre) => item('COST-CENTRE', centre.costCentreId, centre)),
    ...data.posts.map((post) =>
      item('POST', post.postId, { ...post, employeeIds: holders.get(post.postId) ?? [] } satisfies DirectoryPeople),
    ),
    ...[...substituted].map(([substituteId, employeeIds]) =>
      item('SUBSTITUTE', substituteId, { employeeIds } satisfies DirectoryPeople),
    ),
    ...[...called].map(([name, employeeIds]) => item('NAME', name, { employeeIds } satisfies DirectoryPeople)),
  ];
}

/** All that was written, in the shape of the file; `parseDirectory` checks it. */
export function directoryOf(items: readonly WorkItem<object>[]): unknown {
  const values = (kind: DirectoryItemKind) =>
    items.filter(({ key }) => key.sort.startsWith(`${kind}#`)).map(({ value }) => value);
  return {
    people: values('PERSON'),
    departments: values('DEPARTMENT'),
    costCentres: values('COST-CENTRE'),
    posts: values('POST').map(withoutHolders),
  };
}

/** Who holds a post is said of the people. */
function withoutHolders(post: object): object {
  return Object.fromEntries(Object.entries(post).filter(([name]) => name !== 'employeeIds'));
}

/** Ids of people by each thing that is said of them; in the order of the people. */
function groupIds(people: readonly (readonly [string, readonly string[]])[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [employeeId, things] of people) {
    for (const thing of things) {
      const group = groups.get(thing) ?? [];
      group.push(employeeId);
      groups.set(thing, group);
    }
  }
  return groups;
}
