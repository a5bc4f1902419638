/** How long the process of a request may wait for a day that the request names. Pure. */
import { dayOf } from '../../calendar/domain/calendar.ts';

/**
 * Furthest day that a request may name, in days from the day on which its process began: sending it again does not make the
 * execution any younger. An execution lasts 364 days; what remains is enough for a hold of 90 days on the day itself.
 */
export const MOST_DAYS_OPEN = 270;

/** Whether the process would have to wait for longer than it can. Both dates are `YYYY-MM-DD` of the company. */
export function isTooFarAhead(date: string, filedOn: string): boolean {
  return dayOf(date) - dayOf(filedOn) > MOST_DAYS_OPEN;
}
