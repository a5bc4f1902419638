/** Facts of the company that steps of its processes need. */

import { dateFormat } from '../calendar/domain/intl-formats.ts';
import type { Clock } from '../runtime/ambient.ts';

export interface CompanyFacts {
  /** ISO 4217. */
  readonly currency: string;
  /** IANA zone of the company's calendar dates. */
  readonly timeZone: string;
}

/** Today's calendar date of the company, `YYYY-MM-DD`. */
export function companyDate(clock: Clock, timeZone: string): string {
  return dateFormat('en-CA', { ...DATE, timeZone }).format(clock.now());
}

const DATE = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
