import * as z from 'zod';
import { eventBusPublisher } from '../../process/adapters/event-bus.ts';
import { eventBridgeClient } from '../../runtime/clients.ts';
import { engineeringPort, erpPort } from '../../runtime/erp.ts';
import { taskHandler } from '../../runtime/handler.ts';
import { processDeps } from '../../runtime/wiring.ts';
import { environment } from './poll-erp.env.ts';
import { pollErp } from './poll-erp.ts';

export const handler = taskHandler({
  environment,
  // Woken by a schedule: its payload says nothing.
  input: z.unknown(),
  output: z.object({ facts: z.number() }),
  run: async (_event, variables) => {
    if (variables.ERP_KIND === 'none') {
      return { facts: 0 };
    }
    const deps = processDeps(variables);
    return pollErp({
      store: deps.store,
      erp: erpPort(variables, deps),
      publisher: eventBusPublisher(eventBridgeClient(), variables.EVENT_BUS),
      ...(variables.BILL_PROPOSALS === 'yes' ? { engineering: engineeringPort(variables, deps) } : {}),
      system: variables.ERP_KIND,
    });
  },
});
