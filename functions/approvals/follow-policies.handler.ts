import { companyDirectory, companyPolicies, deployedDirectory } from '../runtime/company-files.ts';
import { eventHandler, logger } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './follow-policies.env.ts';
import { type FollowRun, followPolicies } from './follow-policies.ts';
import { workHandOvers } from './hand-over-run.ts';

/** Left for the process at which it stands, which up to forty others may change at the same time. */
const SPARE_MS = 30_000;

/** Woken by a schedule: its payload says nothing. What administrators ordered to move goes before. */
export const handler = eventHandler(environment, async (_event: unknown, variables, context): Promise<FollowRun> => {
  const deps = processDeps(variables);
  const hasTime = () => context.getRemainingTimeInMillis() > SPARE_MS;
  const open = await workHandOvers({ ...deps, directory: companyDirectory(deps.store) }, hasTime);
  logger.info('hand-overs worked off', { open });
  const run = await followPolicies({ ...deps, policies: companyPolicies(), deployed: deployedDirectory(), hasTime });
  logger.info('policies followed', { ...run });
  return run;
});
