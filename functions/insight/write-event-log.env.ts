/** Environment of `write-event-log`. */
import * as z from 'zod';

export const environment = z.object({
  EVENT_LOG_BUCKET: z.string().min(1),
});
