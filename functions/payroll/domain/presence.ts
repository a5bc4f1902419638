/**
 * When somebody was there, by the clock: clock-ins and clock-outs of one employee as time on calendar dates. Pure. Nothing is
 * guessed: a clock-in without its clock-out, or the other way round, is no time, and is told. Times are milliseconds.
 */
import type { WorkingCalendar } from '../../calendar/domain/calendar.ts';
import { DAY, HOUR, instantOf, offsetAt } from '../../calendar/domain/zone.ts';
import type { Clocking } from '../../connectors/erp/time-port.ts';

export interface ClockTerms {
  /** IANA zone: its clocks say on which date a clock-in is, and when the breaks are. */
  readonly timeZone: string;
  /** Its breaks are no presence; undefined: nobody knows of breaks. */
  readonly calendar: WorkingCalendar | undefined;
  /** A clock-out that comes later after a clock-in is not its counterpart; at most {@link LONGEST}. */
  readonly longestHours: number;
}

/** Whoever reads clockings reads so many hours more at either end: what belongs to the dates between is whole then. */
export const LONGEST = 24;

export interface Presence {
  /** By date; more than zero. What goes on after midnight counts for the date on which it began. */
  readonly days: readonly { readonly date: string; readonly present: number }[];
  /** In the order of time. */
  readonly unpaired: readonly Unpaired[];
}

/** A clock-in or clock-out that has no counterpart. */
export interface Unpaired {
  readonly date: string;
  /** `HH:MM` by the clocks of the zone. */
  readonly time: string;
  readonly direction: Clocking['direction'];
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

interface Moment {
  readonly at: number;
  readonly direction: Clocking['direction'];
}

/** @param clockings - in whatever order */
export function presenceOf(clockings: readonly Clocking[], terms: ClockTerms): Presence {
  const { stretches, unpaired } = pairsOf(clockings, terms.longestHours * HOUR);
  const days = new Map<string, number>();
  for (const stretch of stretches) {
    const { date } = localTime(stretch.from, terms.timeZone);
    days.set(date, (days.get(date) ?? 0) + presentIn(stretch, terms));
  }
  return {
    days: [...days].filter(([, present]) => present > 0).map(([date, present]) => ({ date, present })),
    unpaired: unpaired.map(({ at, direction }) => ({ ...localTime(at, terms.timeZone), direction })),
  };
}

/** Of the dates from one to another, both included. */
export function within({ days, unpaired }: Presence, from: string, to: string): Presence {
  const isWithin = ({ date }: { readonly date: string }) => from <= date && date <= to;
  return { days: days.filter(isWithin), unpaired: unpaired.filter(isWithin) };
}

function pairsOf(clockings: readonly Clocking[], longest: number) {
  const stretches: Stretch[] = [];
  const unpaired: Moment[] = [];
  let came: Moment | undefined;
  for (const moment of inOrder(clockings)) {
    if (moment.direction === 'out' && came !== undefined && moment.at - came.at <= longest) {
      stretches.push({ from: came.at, to: moment.at });
      came = undefined;
      continue;
    }
    unpaired.push(...(came === undefined ? [] : [came]));
    came = moment.direction === 'in' ? moment : undefined;
    unpaired.push(...(moment.direction === 'out' ? [moment] : []));
  }
  return { stretches, unpaired: [...unpaired, ...(came === undefined ? [] : [came])] };
}

/** Of the same instant the clock-out first: one shift ends where the next begins. */
function inOrder(clockings: readonly Clocking[]): readonly Moment[] {
  return clockings
    .map(({ at, direction }) => ({ at: Date.parse(at), direction }))
    .sort((one, other) => one.at - other.at || Number(one.direction === 'in') - Number(other.direction === 'in'));
}

/** Real time, whatever the clocks were set to in between, less the breaks. */
function presentIn(stretch: Stretch, { timeZone, calendar }: ClockTerms): number {
  const [first, last] = [stretch.from, stretch.to].map((at) => localDay(at, timeZone));
  let present = stretch.to - stretch.from;
  for (let day = first ?? 0; day <= (last ?? 0); day += 1) {
    for (const { from, to } of breaksOn(day, calendar)) {
      const begins = instantOf(day * DAY + from, timeZone).getTime();
      const ends = instantOf(day * DAY + to, timeZone).getTime();
      present -= Math.max(0, Math.min(ends, stretch.to) - Math.max(begins, stretch.from));
    }
  }
  return present;
}

/** What lies between the working hours of a day. */
function breaksOn(day: number, calendar: WorkingCalendar | undefined): readonly Stretch[] {
  const worked = calendar?.stretchesOn(day) ?? [];
  return worked.slice(1).map(({ from }, index) => ({ from: worked[index]?.to ?? from, to: from }));
}

function localDay(at: number, timeZone: string): number {
  return Math.floor((at + offsetAt(at, timeZone)) / DAY);
}

function localTime(at: number, timeZone: string): { readonly date: string; readonly time: string } {
  const local = new Date(at + offsetAt(at, timeZone)).toISOString();
  return { date: local.slice(0, 10), time: local.slice(11, 16) };
}
