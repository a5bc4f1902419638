/** The function that has the rules of EN 16931, where the company takes such invoices. */
import { createFunctionChecker } from '../einvoice/lambda/function-checker.ts';
import type { InvoiceChecker } from '../einvoice/port.ts';
import { lambdaClient } from './clients.ts';

/** Undefined: the company takes none. */
export function invoiceChecker({
  EN16931_FUNCTION,
}: {
  readonly EN16931_FUNCTION: string;
}): InvoiceChecker | undefined {
  return EN16931_FUNCTION === ''
    ? undefined
    : createFunctionChecker({ client: lambdaClient(), functionName: EN16931_FUNCTION });
}
