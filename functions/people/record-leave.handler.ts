import * as z from 'zod';
import { LEAVE_APPROVED, leaveApprovedSchema } from '../events/leave-approved.ts';
import { LEAVE_CANCELLED, leaveCancelledSchema } from '../events/leave-cancelled.ts';
import { companyDirectory } from '../runtime/company-files.ts';
import { queueHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './record-leave.env.ts';
import { recordLeave } from './record-leave.ts';

const message = z.discriminatedUnion('detail-type', [
  z.object({ 'detail-type': z.literal(LEAVE_APPROVED), detail: leaveApprovedSchema }),
  z.object({ 'detail-type': z.literal(LEAVE_CANCELLED), detail: leaveCancelledSchema }),
]);

export const handler = queueHandler({
  environment,
  message,
  run: (event, variables) => {
    const process = processDeps(variables);
    const deps = { ...process, directory: companyDirectory(process.store) };
    return event['detail-type'] === LEAVE_APPROVED
      ? recordLeave(deps, { kind: 'approved', detail: event.detail })
      : recordLeave(deps, { kind: 'cancelled', detail: event.detail });
  },
});
