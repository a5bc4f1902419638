import { companyPolicies, deployedDirectory } from '../runtime/company-files.ts';
import { eventHandler, logger } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './follow-policies.env.ts';
import { type FollowRun, followPolicies } from './follow-policies.ts';

/** Left for the process at which it stands, which up to forty others may change at the same time. */
const SPARE_MS = 30_000;

/** Woken by a schedule: its payload says nothing. */
export const handler = eventHandler(environment, async (_event: unknown, variables, context): Promise<FollowRun> => {
  const run = await followPolicies({
    ...processDeps(variables),
    policies: companyPolicies(),
    deployed: deployedDirectory(),
    hasTime: () => context.getRemainingTimeInMillis() > SPARE_MS,
  });
  logger.info('policies followed', { ...run });
  return run;
});
