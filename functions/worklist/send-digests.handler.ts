import { createSesMail } from '../mail/ses/ses-mail.ts';
import { sesClient } from '../runtime/clients.ts';
import { companyCalendar, companyDirectory } from '../runtime/company-files.ts';
import { eventHandler, logger } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './send-digests.env.ts';
import { type DigestRun, sendDigests } from './send-digests.ts';

/** Left for the person at whom it stands. */
const SPARE_MS = 30_000;

/** Woken by a schedule: its payload says nothing. */
export const handler = eventHandler(environment, async (_event: unknown, variables, context): Promise<DigestRun> => {
  const deps = processDeps(variables);
  const run = await sendDigests({
    ...deps,
    directory: companyDirectory(deps.store),
    mail: createSesMail({
      client: sesClient(),
      sender: variables.MAIL_SENDER,
      configurationSet: variables.MAIL_CONFIGURATION_SET,
    }),
    calendar: companyCalendar(),
    timeZone: companyFacts(variables).timeZone,
    pagesUrl: variables.PAGES_URL,
    hasTime: () => context.getRemainingTimeInMillis() > SPARE_MS,
    onFailure: (employeeId, reason) => logger.error('digest not sent', { employeeId, reason }),
  });
  logger.info('digests', { ...run });
  return run;
});
