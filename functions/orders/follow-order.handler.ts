/** Events of the ERP and what the watch finds, which are of one shape. */
import * as z from 'zod';
import { ORDER_CHANGED, orderChangedSchema } from '../events/order-changed.ts';
import { ordersPort } from '../runtime/erp.ts';
import { queueHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './follow-order.env.ts';
import { followOrder } from './follow-order.ts';

export const handler = queueHandler({
  environment,
  message: z.object({ 'detail-type': z.literal(ORDER_CHANGED), detail: orderChangedSchema }),
  run: ({ detail }, variables) => {
    const deps = processDeps(variables);
    const reference = { kind: detail.orderKind, orderNumber: detail.orderNumber };
    return followOrder({ ...deps, orders: ordersPort(variables, deps), system: variables.ERP_KIND }, reference);
  },
});
