import * as z from 'zod';
import { requisitionEnvelopeSchema } from '../events/purchase-requisition-submitted.ts';
import { registerRequest } from '../requests/register-request.ts';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { PURCHASE } from './domain/purchase.ts';
import { environment } from './register-requisition.env.ts';

export const input = z.object({ executionId: z.string().min(1), event: requisitionEnvelopeSchema });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ processId: z.string(), registration: z.enum(['new', 'duplicate']) }),
  run: ({ executionId, event }, variables) =>
    registerRequest(processDeps(variables), PURCHASE, {
      executionId,
      oa: event.oa,
      requesterId: event.requester.employeeId,
      filed: z.record(z.string(), z.json()).parse(event.requisition),
      eventId: event.metadata.eventId,
    }),
});
