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
  /** IANA zones of those who are waited for; undefined: one who has the company's. Of nobody it is the company's. */
  readonly timeZones: readonly (string | undefined)[];
}

export interface ReckonedWait {
  /**
   * For all times of this wait, so that they keep their order. Each is the latest of all zones: nobody who is waited for has
   * fewer hours of work than were given.
   */
  readonly hoursAfter: HoursAfter;
  /** By what working time was counted, for the record; several zones are separated by commas. Undefined: by the clock. */
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
