/**
 * What the widgets and the weekly mail show. Everything is read from lists that are kept in order, and from figures that are
 * kept as figures: none of it takes longer as history grows.
 */
import { tallyKey } from '../process/keys.ts';
import type { ProcessStore } from '../process/store/port.ts';
import type { Load, WeekFigures } from './changed-figures.ts';
import { MEASURED_KIND_NAMES } from './domain/kinds.ts';
import type { Standstill } from './domain/standing.ts';
import { joinTallies, meanOf, percentileOf, placeOfTally, type Tallies, tallyName } from './domain/tally.ts';
import type { Measured } from './measure-record.ts';

/** A process that waits. */
export interface WaitingProcess {
  readonly processId: string;
  readonly kind: string;
  readonly requestId: string;
  readonly standstill: Standstill;
}

/** The processes that wait longest, of one kind or of all. */
export async function longestWaiting(
  store: ProcessStore,
  limit: number,
  kinds: readonly string[] = MEASURED_KIND_NAMES,
): Promise<readonly WaitingProcess[]> {
  const lists = await Promise.all(
    kinds.map((kind) => store.listByTime<Measured>(`waiting/${kind}`, { order: 'oldest-first', limit })),
  );
  return lists
    .flat()
    .flatMap(({ value: { processId, kind, requestId, standstill } }) =>
      standstill === undefined ? [] : [{ processId, kind, requestId, standstill }],
    )
    .sort((one, other) => (one.standstill.since < other.standstill.since ? -1 : 1))
    .slice(0, limit);
}

/** People with most open tasks. */
export async function heaviestLoads(store: ProcessStore, limit: number): Promise<readonly Load[]> {
  return (await store.listByTime<Load>('loads', { order: 'newest-first', limit })).map(({ value }) => value);
}

/** The figures of one kind of process over some weeks, each named by its Monday: one query a week gives all parts. */
export async function readTallies(store: ProcessStore, kind: string, weeks: readonly string[]): Promise<Tallies> {
  const parts = await Promise.all(
    weeks.map((week) => {
      const { partition, sort } = tallyKey(week, kind, '');
      return store.list<WeekFigures>(partition, sort);
    }),
  );
  return joinTallies(parts.flat().map(({ value }) => value.tallies));
}

/** A place where processes of a kind stand, and for how long: hours. */
export interface NodeFigures {
  readonly kind: string;
  /** Such as `approval/order/Manager`. */
  readonly place: string;
  readonly count: number;
  readonly median: number;
  /** Nine of ten took no longer. */
  readonly most: number;
  readonly meanWorking: number;
}

/** The places with the longest median. */
export function slowestNodes(kind: string, tallies: Tallies, limit: number): readonly NodeFigures[] {
  return Object.entries(tallies)
    .filter(([name]) => name.startsWith(`${tallyName('NodeHours')}|`))
    .map(([name, tally]) => {
      const place = placeOfTally(name);
      const working = tallies[tallyName('NodeWorkingHours', place)] ?? { count: 0, thousandths: 0 };
      const [median = 0, most = 0] = [percentileOf(tally, 50), percentileOf(tally, 90)];
      return { kind, place, count: tally.count, median, most, meanWorking: meanOf(working) };
    })
    .sort((one, other) => other.median - one.median)
    .slice(0, limit);
}
