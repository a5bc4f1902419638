import * as z from 'zod';
import { sqsReportQueue } from '../process/adapters/report-queue.ts';
import { sqsClient } from '../runtime/clients.ts';
import { booksPort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { BOOKS_TO_COMPARE } from './message.ts';
import { environment } from './walk-books.env.ts';
import { walkBooks } from './walk-books.ts';

/** Milliseconds before the function's own end in which no new page is begun. */
const LAST_PAGE = 60_000;

export const handler = taskHandler({
  environment,
  // Woken by a schedule, or by an operator: the payload says nothing.
  input: z.unknown(),
  output: z.object({ documents: z.number(), processes: z.number() }),
  run: (_event, variables, context) => {
    const { store, clock, ...deps } = processDeps(variables);
    return walkBooks({
      store,
      clock,
      books: booksPort(variables, { store, clock, ...deps }),
      queue: sqsReportQueue(sqsClient(), variables.BOOKS_QUEUE_URL, BOOKS_TO_COMPARE),
      system: variables.ERP_KIND,
      since: new Date(variables.BOOKS_SINCE),
      until: new Date(clock.now().getTime() + context.getRemainingTimeInMillis() - LAST_PAGE),
    });
  },
});
