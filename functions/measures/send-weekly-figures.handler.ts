import { createSesMail } from '../mail/ses/ses-mail.ts';
import { sesClient } from '../runtime/clients.ts';
import { companyCalendar, companyDirectory } from '../runtime/company-files.ts';
import { eventHandler, logger } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './send-weekly-figures.env.ts';
import { sendWeeklyFigures, type WeeklyRun } from './send-weekly-figures.ts';

/** Woken by a schedule: its payload says nothing. */
export const handler = eventHandler(environment, async (_event: unknown, variables): Promise<WeeklyRun> => {
  const deps = processDeps(variables);
  const run = await sendWeeklyFigures({
    ...deps,
    directory: companyDirectory(deps.store),
    mail: createSesMail({
      client: sesClient(),
      sender: variables.MAIL_SENDER,
      configurationSet: variables.MAIL_CONFIGURATION_SET,
    }),
    calendar: companyCalendar(),
    timeZone: companyFacts(variables).timeZone,
    posts: variables.WEEKLY_POSTS.split(',').filter((post) => post !== ''),
    url: variables.DASHBOARDS_URL,
    onFailure: (employeeId, reason) => logger.error('weekly mail not sent', { employeeId, reason }),
  });
  logger.info('weekly mails', { ...run });
  return run;
});
