/** Environment of `keep-file`. */
import * as z from 'zod';
import { attachmentEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...attachmentEnvironment.shape,
  /** JSON: the provider that asks the register of invoices, and the ARN of its key; empty: the company asks none. */
  INVOICE_REGISTER: z.string(),
});
