/** The company's working time, and the figures by which operators learn that its calendar needs a further year. */
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type * as z from 'zod';
import { clockTime, type WorkedTime, workedTimeOf } from '../calendar/domain/worked-time.ts';
import { daysOfDataLeft } from '../calendar/domain/working-time.ts';
import type { MissingYear, WaitClock } from '../calendar/port.ts';
import { createWaitClock } from '../calendar/wait-clock.ts';
import { companyCalendar } from './company-files.ts';
import type { companyEnvironment } from './environment.ts';
import { companyFacts } from './wiring.ts';

type CompanyEnvironment = z.infer<typeof companyEnvironment>;

let worked: WorkedTime | undefined;
// The service is the stack's name (POWERTOOLS_SERVICE_NAME): the alarms look for it.
const metrics = new Metrics({ namespace: 'Meridian' });

export function waitClock(environment: CompanyEnvironment): WaitClock {
  return createWaitClock(companyCalendar(), companyFacts(environment).timeZone);
}

/** Working time between two instants, as the company reckons it: by the clock where it has no calendar. */
export function companyWorkedTime(environment: CompanyEnvironment): WorkedTime {
  const calendar = companyCalendar();
  worked ??= calendar === undefined ? clockTime : workedTimeOf(calendar, companyFacts(environment).timeZone);
  return worked;
}

/** Counts a wait that was opened by the clock because a year has no data. */
export function countMissingYear(missing: MissingYear | undefined): void {
  if (missing !== undefined) {
    metrics.addMetric('WaitsWithoutCalendar', MetricUnit.Count, 1);
    metrics.publishStoredMetrics();
  }
}

/** Reports how many days of data are left, so that operators hear of it before a wait is opened without. */
export function reportDaysOfDataLeft(environment: CompanyEnvironment): void {
  const calendar = companyCalendar();
  if (calendar !== undefined) {
    const left = daysOfDataLeft(calendar, new Date(), companyFacts(environment).timeZone);
    metrics.addMetric('CalendarDaysLeft', MetricUnit.Count, left);
    metrics.publishStoredMetrics();
  }
}
