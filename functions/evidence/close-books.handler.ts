import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { bookSigner, shelf } from '../runtime/books.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { eventHandler, logger } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './close-books.env.ts';
import { type ClosedBook, closeBooks, secondsBehind } from './close-books.ts';
import { eraseFromBooks } from './erase-from-books.ts';

/** A part takes seconds: one that is begun is ended in time. */
const SPARE_MS = 60_000;

// The service is the stack's name (POWERTOOLS_SERVICE_NAME): the alarm looks for it.
const metrics = new Metrics({ namespace: 'Meridian' });

export const handler = eventHandler(environment, async (_event: unknown, variables, context) => {
  const deps = processDeps(variables);
  const parts = {
    ...deps,
    shelf: shelf(variables),
    hasTime: () => context.getRemainingTimeInMillis() > SPARE_MS,
  };
  const closing = closeBooks({ ...parts, signer: bookSigner(variables), installation: variables.INSTALLATION });
  // However it ends: a run that fails leaves the books where they are, and that is what is told.
  const closed = await closing.finally(async () => {
    metrics.addMetric('BooksBehindSeconds', MetricUnit.Seconds, await secondsBehind(deps));
    metrics.publishStoredMetrics();
  });
  const erased = await eraseFromBooks({ ...parts, personalDays: Number(variables.PERSONAL_DAYS) });
  if (erased > 0) {
    logger.info('erased values taken out of books', { erased });
  }
  for (const { day, chains, entries, damages } of closed) {
    logger.info('book closed', { day, chains, entries, damages });
  }
  tellOfDamage(closed);
  return closed;
});

/** The book is closed, with what is wrong in it: the alarm on errors tells the operators to look. */
function tellOfDamage(closed: readonly ClosedBook[]): void {
  const damaged = closed.filter(({ damages }) => damages > 0).map(({ day, damages }) => `${damages} in that of ${day}`);
  if (damaged.length > 0) {
    throw new BusinessRuleError('record-damaged', `books show damages of the record: ${damaged.join(', ')}`);
  }
}
