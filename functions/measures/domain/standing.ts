/**
 * How one process stands: what it adds to the figures of all that is under way. The sum over all processes is kept as
 * counters; a process takes away what it added before and adds what it adds now. Amounts are decimals as text. Pure.
 */
import type { Course, CourseNode } from '../../insight/domain/course-parts.ts';
import { add, compare, decimalSchema, subtract } from '../../money/money.ts';
import { bounded, measuredKind } from './kinds.ts';

/** Decimals by the name of a counter; one that is not there is 0. */
export type Counters = { readonly [counter: string]: string };

/** Somebody is asked something. */
export interface AskedPerson {
  readonly employeeId: string;
  readonly departmentId: string;
}

/** Where a process stands now, for a list of what waits. */
export interface Standstill {
  readonly phase: string;
  /** Name of the node within the process, such as `approval/order/Manager`; empty: it stands at none. */
  readonly place: string;
  /** Since when: ISO 8601 in UTC. */
  readonly since: string;
  /** Employee ids, or `operators`. */
  readonly asked: readonly string[];
}

const CLOSED = 'Closed';

/** What a process that is under way adds to the counters; one that ended adds nothing. */
export function countersOf(course: Course, asked: readonly AskedPerson[]): Counters {
  const counters: Record<string, string> = {};
  const phase = course.phases.at(-1)?.phase;
  const known = measuredKind(course.kind);
  if (course.endedAt === undefined && phase !== undefined && phase !== CLOSED && known !== undefined) {
    const where = [course.kind, bounded(known.phases, phase)] as const;
    counters[openCounter(...where)] = '1';
    // A record of another version may hold any text there.
    if (known.hasMoney && course.amount !== undefined && decimalSchema.safeParse(course.amount.amount).success) {
      counters[moneyCounter(...where, course.amount.currency)] = course.amount.amount;
    }
  }
  for (const { departmentId } of asked) {
    const counter = tasksCounter(departmentId);
    counters[counter] = add(counters[counter] ?? '0', '1');
  }
  return counters;
}

/** Tasks of each person, by employee id. */
export function loadsOf(asked: readonly AskedPerson[]): { readonly [employeeId: string]: number } {
  const loads: Record<string, number> = {};
  for (const { employeeId } of asked) {
    loads[employeeId] = (loads[employeeId] ?? 0) + 1;
  }
  return loads;
}

/** The node at which it has stood longest, or its phase where it stands at none. Undefined: it ended. */
export function standstillOf(course: Course): Standstill | undefined {
  const phase = course.phases.at(-1);
  if (course.endedAt !== undefined || phase === undefined) {
    return undefined;
  }
  const [oldest] = course.nodes.filter(isWaitedFor).sort((one, other) => (one.from < other.from ? -1 : 1));
  return {
    phase: phase.phase,
    place: oldest?.key ?? '',
    since: oldest?.from ?? phase.from,
    asked: oldest?.asked ?? [],
  };
}

function isWaitedFor({ kind, to }: CourseNode): boolean {
  return kind !== 'step' && to === undefined;
}

/** What is to be added to the counters when a process stood so before and stands so now. */
export function difference(before: Counters, now: Counters): Counters {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const changes = names.map((name) => [name, subtract(now[name] ?? '0', before[name] ?? '0')] as const);
  return Object.fromEntries(changes.filter(([, change]) => !isZero(change)));
}

/** Counters that come to 0 stay, so that it is told once more that nothing is there. */
export function addCounters(counters: Counters, changes: Counters): Counters {
  const sums: Record<string, string> = { ...counters };
  for (const [name, change] of Object.entries(changes)) {
    sums[name] = add(sums[name] ?? '0', change);
  }
  return sums;
}

function isZero(decimal: string): boolean {
  return compare(decimal, '0') === 0;
}

/** What a counter counts. */
export type Counted =
  | { readonly what: 'open'; readonly kind: string; readonly phase: string }
  | { readonly what: 'money'; readonly kind: string; readonly phase: string; readonly currency: string }
  | { readonly what: 'tasks'; readonly departmentId: string };

const openCounter = (kind: string, phase: string): string => ['open', kind, phase].join('|');
const moneyCounter = (kind: string, phase: string, currency: string): string =>
  ['money', kind, phase, currency].join('|');
const tasksCounter = (departmentId: string): string => ['tasks', departmentId].join('|');

/** Reads the name of a counter; undefined: it is of another version. */
export function countedBy(counter: string): Counted | undefined {
  const [what, first = '', phase = '', currency = ''] = counter.split('|');
  switch (what) {
    case 'open':
      return { what, kind: first, phase };
    case 'money':
      return { what, kind: first, phase, currency };
    case 'tasks':
      return { what, departmentId: first };
    default:
      return undefined;
  }
}
