/** Reports of the ERP and of the watch, which are of one shape. */
import * as z from 'zod';
import {
  STOCK_FELL_BELOW_REORDER_POINT,
  stockFellBelowReorderPointSchema,
} from '../events/stock-fell-below-reorder-point.ts';
import { stateMachineStarter } from '../process/adapters/step-functions.ts';
import { stepFunctionsClient } from '../runtime/clients.ts';
import { stockPort } from '../runtime/erp.ts';
import { queueHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './start-replenishment.env.ts';
import { startReplenishment } from './start-replenishment.ts';

export const handler = queueHandler({
  environment,
  message: z.object({
    'detail-type': z.literal(STOCK_FELL_BELOW_REORDER_POINT),
    detail: stockFellBelowReorderPointSchema,
  }),
  run: ({ detail }, variables) => {
    const deps = processDeps(variables);
    return startReplenishment(
      {
        ...deps,
        stock: stockPort(variables, deps),
        starter: stateMachineStarter(stepFunctionsClient(), variables.REPLENISHMENT_ARN),
        startsPerMinute: variables.STARTS_PER_MINUTE,
      },
      detail,
    );
  },
});
