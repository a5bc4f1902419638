/** The calendar month of which figures go to payroll. Pure. */
import * as z from 'zod';

/** `YYYY-MM`. */
export const periodSchema = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-11');

/** First and last day of a month, `YYYY-MM-DD`. */
export function datesOf(period: string): { readonly from: string; readonly to: string } {
  const [year = 0, month = 0] = period.split('-').map(Number);
  // Day 0 of the next month is the last of this one.
  return { from: `${period}-01`, to: new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10) };
}

/** The month before the one of a date or period: what a run at the beginning of a month is about. */
export function periodBefore(date: string): string {
  const [year = 0, month = 0] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 7);
}

/** The month so many months before a period. */
export function monthsBefore(period: string, months: number): string {
  const [year = 0, month = 0] = period.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 7);
}
