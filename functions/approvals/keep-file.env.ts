/** Environment of `keep-file`. */
import * as z from 'zod';
import { attachmentEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...attachmentEnvironment.shape,
  /** JSON: the provider that asks the register of invoices, and the ARN of its key; empty: the company asks none. */
  INVOICE_REGISTER: z.string(),
  /** Function that has the rules of EN 16931; empty: the company takes no such invoices. */
  EN16931_FUNCTION: z.string(),
});
