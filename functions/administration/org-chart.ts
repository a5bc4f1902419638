/** Who reports to whom, as a tree, and what in the directory needs mending. Pure. */
import type { DirectoryData } from '../directory/directory-file.ts';

type PersonRecord = DirectoryData['people'][number];

export interface ChartNode {
  readonly person: PersonRecord;
  /** Those below who are shown. */
  readonly reports: readonly ChartNode[];
  /** Those who report to the person and are not shown. */
  readonly hidden: number;
}

/** Something that somebody should mend; ids of people, names of everything else. */
export type Finding =
  | { readonly kind: 'manager-left'; readonly employeeId: string; readonly reports: number }
  | { readonly kind: 'substitute-left'; readonly employeeId: string; readonly substituteId: string }
  | { readonly kind: 'vacant-post'; readonly name: string }
  | { readonly kind: 'no-head'; readonly name: string };

/** A company of more people is shown from one person downwards. */
const MOST_SHOWN = 400;
const LEVELS_BELOW = 2;

/**
 * Whoever has left is shown only while somebody who has not reports to them, or to somebody below.
 * @param top - undefined, or nobody of the company: from everybody who has no manager
 */
export function chartOf({ people }: DirectoryData, top?: string): readonly ChartNode[] {
  const below = groupBy(people, ({ managerId }) => managerId ?? '');
  const levels = people.length > MOST_SHOWN ? LEVELS_BELOW : Number.POSITIVE_INFINITY;
  const isStaffed = (person: PersonRecord): boolean =>
    person.active || (below.get(person.employeeId) ?? []).some(isStaffed);
  const nodeOf = (person: PersonRecord, left: number): ChartNode => {
    const reports = (below.get(person.employeeId) ?? []).filter(isStaffed);
    return left === 0
      ? { person, reports: [], hidden: reports.length }
      : { person, reports: reports.map((one) => nodeOf(one, left - 1)), hidden: 0 };
  };
  const chosen = people.find(({ employeeId }) => employeeId === top);
  const roots = chosen === undefined ? (below.get('') ?? []).filter(isStaffed) : [chosen];
  return roots.map((person) => nodeOf(person, levels));
}

/** All people of a chart, from the top. */
export function peopleOf(nodes: readonly ChartNode[]): readonly PersonRecord[] {
  return nodes.flatMap(({ person, reports }) => [person, ...peopleOf(reports)]);
}

export function findingsIn({ people, posts, departments }: DirectoryData): readonly Finding[] {
  const active = people.filter((person) => person.active);
  const isHere = new Set(active.map(({ employeeId }) => employeeId));
  const held = new Set(active.flatMap((person) => person.posts));
  const reports = groupBy(active, ({ managerId }) => managerId ?? '');
  return [
    ...people
      .filter(({ employeeId }) => !isHere.has(employeeId) && reports.has(employeeId))
      .map(
        ({ employeeId }): Finding => ({
          kind: 'manager-left',
          employeeId,
          reports: reports.get(employeeId)?.length ?? 0,
        }),
      ),
    ...active.flatMap(({ employeeId, substituteId }): readonly Finding[] =>
      substituteId === undefined || isHere.has(substituteId)
        ? []
        : [{ kind: 'substitute-left', employeeId, substituteId }],
    ),
    ...departments
      .filter(({ headId }) => headId === undefined || !isHere.has(headId))
      .map(({ name }): Finding => ({ kind: 'no-head', name })),
    ...posts.filter(({ postId }) => !held.has(postId)).map(({ name }): Finding => ({ kind: 'vacant-post', name })),
  ];
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item)) ?? [];
    group.push(item);
    groups.set(keyOf(item), group);
  }
  return groups;
}
