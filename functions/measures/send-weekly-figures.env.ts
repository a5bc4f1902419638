/** Environment of `send-weekly-figures`. */
import * as z from 'zod';
import { companyEnvironment, mailEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...mailEnvironment.shape,
  ...companyEnvironment.shape,
  /** Posts whose holders get the mail, separated by commas; empty: nobody does. */
  WEEKLY_POSTS: z.string(),
  /** Of the dashboards. */
  DASHBOARDS_URL: z.url(),
});
