/** How the hours of a wait become instants: by working time, or by the clock where there is no calendar. */
import type { HoursAfter } from './domain/working-time.ts';

/** A wait that begins. */
export interface WaitToReckon {
  /** ISO 8601 in UTC. */
  readonly openedAt: string;
  /** The longest of its times. */
  readonly expireAfterHours: number;
  /** Its hours are hours of the clock, whatever the company's calendar. */
  readonly isOnTheClock: boolean;
  /** IANA zone of whoever is waited for; the company's when it is undefined. */
  readonly timeZone?: string | undefined;
}

export interface ReckonedWait {
  /** For all times of this wait, so that they keep their order. */
  readonly hoursAfter: HoursAfter;
  /** By what working time was counted, for the record. Undefined: by the clock. */
  readonly countedBy?: { readonly calendar: string; readonly timeZone: string };
  /** The wait would reach into a year of which nobody knows the holidays: its hours are those of the clock instead. */
  readonly missing?: MissingYear;
}

export interface MissingYear {
  /** Name and version of the calendar. */
  readonly calendar: string;
  readonly year: number;
}

export interface WaitClock {
  reckon(wait: WaitToReckon): ReckonedWait;
}
