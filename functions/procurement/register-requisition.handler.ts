import * as z from 'zod';
import { requisitionEnvelopeSchema } from '../events/purchase-requisition-submitted.ts';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './register-requisition.env.ts';
import { registerRequisition } from './register-requisition.ts';

export const input = z.object({ executionId: z.string().min(1), event: requisitionEnvelopeSchema });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ processId: z.string(), registration: z.enum(['new', 'duplicate']) }),
  run: ({ executionId, event }, variables) =>
    registerRequisition(processDeps(variables), {
      executionId,
      oa: event.oa,
      requesterId: event.requester.employeeId,
      requisition: z.record(z.string(), z.json()).parse(event.requisition),
      eventId: event.metadata.eventId,
    }),
});
