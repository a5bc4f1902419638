import * as z from 'zod';
import { STOCK_FELL_BELOW_REORDER_POINT } from '../events/stock-fell-below-reorder-point.ts';
import { sqsReportQueue } from '../process/adapters/report-queue.ts';
import { sqsClient } from '../runtime/clients.ts';
import { stockPort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './watch-stock.env.ts';
import { watchStock } from './watch-stock.ts';

/** Milliseconds before the function's own end in which no new page is begun. */
const LAST_PAGE = 60_000;

export const handler = taskHandler({
  environment,
  // Woken by a schedule: its payload says nothing.
  input: z.unknown(),
  output: z.object({ reported: z.number(), recovered: z.number() }),
  run: (_event, variables, context) => {
    const deps = processDeps(variables);
    return watchStock({
      ...deps,
      stock: stockPort(variables, deps),
      queue: sqsReportQueue(sqsClient(), variables.STOCK_QUEUE_URL, STOCK_FELL_BELOW_REORDER_POINT),
      system: variables.ERP_KIND,
      startsPerMinute: variables.STARTS_PER_MINUTE,
      everyMinutes: variables.WATCH_EVERY_MINUTES,
      until: new Date(deps.clock.now().getTime() + context.getRemainingTimeInMillis() - LAST_PAGE),
    });
  },
});
