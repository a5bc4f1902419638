import * as z from 'zod';
import { requisitionEnvelopeSchema } from '../events/purchase-requisition-submitted.ts';
import { stateMachineStarter } from '../process/adapters/step-functions.ts';
import { startProcess } from '../requests/start-process.ts';
import { stepFunctionsClient } from '../runtime/clients.ts';
import { busMessage, queueHandler } from '../runtime/handler.ts';
import { environment } from './start-purchase.env.ts';

export const handler = queueHandler({
  environment,
  // What is wrong inside the detail is named by the use-case, field by field.
  message: busMessage(z.unknown()),
  run: ({ detail }, variables) =>
    startProcess(
      { starter: stateMachineStarter(stepFunctionsClient(), variables.STATE_MACHINE_ARN) },
      'requisition',
      requisitionEnvelopeSchema,
      detail,
    ),
});
