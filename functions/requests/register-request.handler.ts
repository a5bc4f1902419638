/** The first step of every process that begins with a request: its machine says which kind it is of. */
import * as z from 'zod';
import { CHANGE, CHANGE_KIND } from '../engineering/domain/change-process.ts';
import { registeredChangeSchema } from '../events/engineering-change-submitted.ts';
import { OWN_SYSTEM, type RequestEnvelope } from '../events/envelope.ts';
import { expenseClaimEnvelopeSchema } from '../events/expense-claim-submitted.ts';
import { leaveRequestEnvelopeSchema } from '../events/leave-request-submitted.ts';
import { officeRequestEnvelopeSchema } from '../events/office-request-submitted.ts';
import { registeredRequisitionSchema } from '../events/purchase-requisition-submitted.ts';
import { EXPENSE, EXPENSE_KIND } from '../expenses/domain/expense.ts';
import { OFFICE, OFFICE_KIND } from '../office/domain/office-process.ts';
import { LEAVE, LEAVE_KIND } from '../people/domain/leave-process.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { PROCESS_KIND, PURCHASE } from '../procurement/domain/purchase.ts';
import { demandProposed } from '../procurement/replenished-stock.ts';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { filedSchema } from './domain/request.ts';
import { environment } from './register-request.env.ts';
import { type RegisterInput, type Registration, registerRequest } from './register-request.ts';

const executionId = z.string().min(1);

export const input = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal(PROCESS_KIND),
    executionId,
    event: registeredRequisitionSchema,
  }),
  z.object({ kind: z.literal(EXPENSE_KIND), executionId, event: expenseClaimEnvelopeSchema }),
  z.object({ kind: z.literal(LEAVE_KIND), executionId, event: leaveRequestEnvelopeSchema }),
  z.object({ kind: z.literal(OFFICE_KIND), executionId, event: officeRequestEnvelopeSchema }),
  z.object({ kind: z.literal(CHANGE_KIND), executionId, event: registeredChangeSchema }),
]);

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ processId: z.string(), registration: z.enum(['new', 'duplicate']) }),
  run: (task, variables) => register(processDeps(variables), task),
});

/** Registers the request as one of its kind. */
export function register(deps: ProcessDeps, task: z.infer<typeof input>): Promise<Registration> {
  switch (task.kind) {
    case PROCESS_KIND:
      return registerPurchase(deps, inputOf(task, task.event.requisition));
    case EXPENSE_KIND:
      return registerRequest(deps, EXPENSE, inputOf(task, task.event.claim));
    case LEAVE_KIND:
      return registerRequest(deps, LEAVE, inputOf(task, task.event.leave));
    case OFFICE_KIND:
      return registerRequest(deps, OFFICE, inputOf(task, task.event.request));
    case CHANGE_KIND:
      return registerRequest(deps, CHANGE, inputOf(task, task.event.change));
  }
}

async function registerPurchase(deps: ProcessDeps, request: RegisterInput): Promise<Registration> {
  if (request.oa.system === OWN_SYSTEM) {
    await demandProposed(deps, request);
  }
  return registerRequest(deps, PURCHASE, request);
}

function inputOf(
  task: { readonly executionId: string; readonly event: RequestEnvelope },
  filed: Readonly<Record<string, unknown>>,
): RegisterInput {
  const { oa, requester, metadata } = task.event;
  return {
    executionId: task.executionId,
    oa,
    requesterId: requester.employeeId,
    filed: filedSchema.parse(filed),
    eventId: metadata.eventId,
  };
}
