import { shelf } from '../runtime/books.ts';
import { eventHandler, logger } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './erase-expired.env.ts';
import { eraseExpired } from './erase-expired.ts';

/** One process takes less. */
const SPARE_MS = 30_000;

export const handler = eventHandler(environment, async (_event: unknown, variables, context) => {
  const erased = await eraseExpired({
    ...processDeps(variables),
    shelf: shelf(variables),
    personalDays: Number(variables.PERSONAL_DAYS),
    hasTime: () => context.getRemainingTimeInMillis() > SPARE_MS,
  });
  logger.info('personal values erased', { erased });
  return { erased };
});
