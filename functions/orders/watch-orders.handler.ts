import * as z from 'zod';
import { ORDER_CHANGED } from '../events/order-changed.ts';
import { sqsReportQueue } from '../process/adapters/report-queue.ts';
import { sqsClient } from '../runtime/clients.ts';
import { ordersPort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './watch-orders.env.ts';
import { watchOrders } from './watch-orders.ts';

/** Milliseconds before the function's own end in which no new page is begun. */
const LAST_PAGE = 60_000;

export const handler = taskHandler({
  environment,
  // Woken by a schedule: its payload says nothing.
  input: z.unknown(),
  output: z.object({ told: z.number() }),
  run: (_event, variables, context) => {
    const deps = processDeps(variables);
    return watchOrders({
      ...deps,
      orders: ordersPort(variables, deps),
      queue: sqsReportQueue(sqsClient(), variables.ORDER_QUEUE_URL, ORDER_CHANGED),
      system: variables.ERP_KIND,
      until: new Date(deps.clock.now().getTime() + context.getRemainingTimeInMillis() - LAST_PAGE),
    });
  },
});
