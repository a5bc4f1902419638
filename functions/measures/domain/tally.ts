/**
 * Figures of a week, kept beside the metrics: counted in the transaction that claims them, so they lose nothing and count
 * nothing twice. Percentiles come from counts of values that are nearly the same. Pure.
 */
import { DAY, offsetAt } from '../../calendar/domain/zone.ts';
import type { MeasureName } from './catalogue.ts';
import type { Fact } from './facts.ts';
import { OTHER } from './kinds.ts';

/** Values of one measure. */
export interface Tally {
  readonly count: number;
  /** Of thousandths: whole numbers, whose sum does not depend on their order. */
  readonly thousandths: number;
  /** How many values lie in each bucket, by its number; only of hours. */
  readonly buckets?: { readonly [bucket: string]: number };
}

/** By measure and what it is split by, such as `NodeHours|approval/order/Manager`. */
export type Tallies = { readonly [name: string]: Tally };

/** What the weekly figures and the widgets show. */
const TALLIED: readonly MeasureName[] = [
  ...(['ProcessesStarted', 'ProcessesEnded', 'CycleHours', 'CycleWorkingHours', 'FirstPassYield'] as const),
  ...(['ExceptionRate', 'AutomationRate', 'OverdueRate', 'NodeHours', 'NodeWorkingHours'] as const),
];
const WITH_PERCENTILES: readonly MeasureName[] = ['CycleHours', 'NodeHours', 'NodeWorkingHours'];

/** Levels have names of the company's own: beyond so many the rest is one. */
const MOST_PLACES = 100;

/** Bounds of buckets grow by a tenth: a percentile is off by 5 % at most. The first one holds what is under six minutes. */
const GROWTH = 1.1;
const SMALLEST_HOURS = 0.1;

export function isTallied({ measure }: Fact): boolean {
  return TALLIED.includes(measure);
}

/** Monday of the fact's week on the clocks of a zone, `YYYY-MM-DD`. */
export function weekOf(at: string | Date, timeZone: string): string {
  const instant = new Date(at).getTime();
  const day = Math.floor((instant + offsetAt(instant, timeZone)) / DAY);
  // The first day of 1970 was a Thursday.
  const monday = day - ((((day + 3) % 7) + 7) % 7);
  return new Date(monday * DAY).toISOString().slice(0, 10);
}

/** The Monday so many weeks before another. */
export function weeksBefore(week: string, weeks: number): string {
  return new Date(Date.parse(`${week}T00:00:00Z`) - weeks * 7 * DAY).toISOString().slice(0, 10);
}

export function addFacts(tallies: Tallies, facts: readonly Fact[]): Tallies {
  const sums: Record<string, Tally> = { ...tallies };
  for (const fact of facts) {
    const name = nameOf(sums, fact);
    sums[name] = joined(sums[name] ?? NOTHING, tallyOf(fact));
  }
  return sums;
}

/** Of several parts of a week, or several weeks. */
export function joinTallies(parts: readonly Tallies[]): Tallies {
  const sums: Record<string, Tally> = {};
  for (const [name, tally] of parts.flatMap((part) => Object.entries(part))) {
    sums[name] = joined(sums[name] ?? NOTHING, tally);
  }
  return sums;
}

/** 0 of nothing. */
export function meanOf({ count, thousandths }: Tally): number {
  return count === 0 ? 0 : thousandths / 1000 / count;
}

/** Hours under which `percent` of the values lie; undefined of nothing. */
export function percentileOf({ buckets = {} }: Tally, percent: number): number | undefined {
  const ordered = Object.entries(buckets)
    .map(([bucket, count]) => ({ bucket: Number(bucket), count }))
    .sort((one, other) => one.bucket - other.bucket);
  const all = ordered.reduce((sum, { count }) => sum + count, 0);
  let rest = Math.max(1, Math.ceil((percent / 100) * all));
  for (const { bucket, count } of ordered) {
    rest -= count;
    if (rest <= 0) {
      return middleOf(bucket);
    }
  }
  return undefined;
}

/** Of the tally of a measure; `of`: a place or an outcome. */
export function tallyName(measure: MeasureName, of?: string): string {
  return of === undefined ? measure : `${measure}|${of}`;
}

/** The other part of {@link tallyName}; empty: it has none. */
export function placeOfTally(name: string): string {
  return name.split('|').slice(1).join('|');
}

const NOTHING: Tally = { count: 0, thousandths: 0 };

function nameOf(tallies: Tallies, { measure, place, of }: Fact): string {
  const name = tallyName(measure, place ?? of.Outcome);
  const isFull = Object.keys(tallies).filter((one) => one.startsWith(`${measure}|`)).length >= MOST_PLACES;
  return tallies[name] === undefined && place !== undefined && isFull ? tallyName(measure, OTHER) : name;
}

function tallyOf({ measure, value }: Fact): Tally {
  return {
    count: 1,
    thousandths: Math.round(value * 1000),
    ...(WITH_PERCENTILES.includes(measure) ? { buckets: { [bucketOf(value)]: 1 } } : {}),
  };
}

function joined(one: Tally, other: Tally): Tally {
  const buckets: Record<string, number> = { ...one.buckets };
  for (const [bucket, count] of Object.entries(other.buckets ?? {})) {
    buckets[bucket] = (buckets[bucket] ?? 0) + count;
  }
  return {
    count: one.count + other.count,
    thousandths: one.thousandths + other.thousandths,
    ...(Object.keys(buckets).length === 0 ? {} : { buckets }),
  };
}

function bucketOf(hours: number): number {
  return hours < SMALLEST_HOURS ? 0 : 1 + Math.floor(Math.log(hours / SMALLEST_HOURS) / Math.log(GROWTH));
}

function middleOf(bucket: number): number {
  return bucket === 0 ? SMALLEST_HOURS / 2 : SMALLEST_HOURS * GROWTH ** (bucket - 0.5);
}
