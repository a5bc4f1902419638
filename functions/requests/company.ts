/** Facts of the company that steps of its processes need. */

import { dateFormat } from '../calendar/domain/intl-formats.ts';
import type { ProcessHead } from '../process/domain/process.ts';
import type { Clock } from '../runtime/ambient.ts';

export interface CompanyFacts {
  /** ISO 4217. */
  readonly currency: string;
  /** IANA zone of the company's calendar dates. */
  readonly timeZone: string;
}

/** Today's calendar date of the company, `YYYY-MM-DD`. */
export function companyDate(clock: Clock, timeZone: string): string {
  return dateIn(clock.now(), timeZone);
}

/** The company's calendar date on which a process began, `YYYY-MM-DD`. */
export function filingDate({ startedAt }: Pick<ProcessHead, 'startedAt'>, timeZone: string): string {
  return dateIn(new Date(startedAt), timeZone);
}

function dateIn(instant: Date, timeZone: string): string {
  return dateFormat('en-CA', { ...DATE, timeZone }).format(instant);
}

const DATE = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
