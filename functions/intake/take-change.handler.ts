/** Works on what the suites told of, from the queue in which it was accepted. */
import { eventBusPublisher } from '../process/adapters/event-bus.ts';
import { eventBridgeClient } from '../runtime/clients.ts';
import { logger, queueHandler } from '../runtime/handler.ts';
import { suiteInstances } from '../runtime/suite-access.ts';
import { suiteForms } from '../runtime/suite-forms.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './take-change.env.ts';
import { queuedChangeSchema, takeChange } from './take-change.ts';

export const handler = queueHandler({
  environment,
  message: queuedChangeSchema,
  run: async (change, variables) => {
    const { store, clock } = processDeps(variables);
    const readers = suiteInstances(variables, clock);
    const tables = suiteForms();
    const taken = await takeChange(
      {
        ...{ store, clock, publisher: eventBusPublisher(eventBridgeClient(), variables.EVENT_BUS) },
        suiteOf: (system) => {
          const instances = readers.get(system);
          const table = tables.get(system);
          return instances === undefined || table === undefined ? undefined : { instances, table };
        },
      },
      change,
    );
    const { system, instanceId, form, change: what } = change;
    logger.info('change of a form', { system, instanceId, form, change: what, ...taken });
  },
});
