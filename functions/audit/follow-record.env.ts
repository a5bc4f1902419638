/** Environment of `follow-record`. */
import * as z from 'zod';

export const environment = z.object({
  /** URLs of the subscribers' queues, separated by blanks. */
  SUBSCRIBER_QUEUE_URLS: z.string().min(1),
});
