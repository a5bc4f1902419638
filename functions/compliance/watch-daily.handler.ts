import { waitClock } from '../runtime/calendar.ts';
import { companyCalendar, companyDirectory, companyPolicies, companyRules } from '../runtime/company-files.ts';
import { eventHandler, logger } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './watch-daily.env.ts';
import { type DailyRound, watchDaily } from './watch-daily.ts';

/** Woken by a schedule: its payload says nothing. */
export const handler = eventHandler(environment, async (_event: unknown, variables): Promise<DailyRound> => {
  const deps = processDeps(variables);
  const round = await watchDaily({
    ...deps,
    directory: companyDirectory(deps.store),
    policies: companyPolicies(),
    rules: companyRules(),
    calendar: companyCalendar(),
    waitClock: waitClock(variables),
    company: companyFacts(variables),
  });
  logger.info('compliance looked through the day', { ...round });
  return round;
});
