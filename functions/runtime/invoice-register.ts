/** The register of invoices that the company file configures. */
import * as z from 'zod';
import { createHttpRegister, providerSchema } from '../connectors/tax/http/http-register.ts';
import type { InvoiceRegister } from '../connectors/tax/port.ts';
import { parseJson } from './parse.ts';
import { readSecret } from './secrets.ts';

const configured = z.object({ provider: providerSchema, secretArn: z.string().min(1) });
const keySchema = z.object({ apiKey: z.string().min(1) });

/** Undefined: the company asks none. */
export function invoiceRegister({
  INVOICE_REGISTER,
}: {
  readonly INVOICE_REGISTER: string;
}): InvoiceRegister | undefined {
  if (INVOICE_REGISTER === '') {
    return undefined;
  }
  const { provider, secretArn } = configured.parse(parseJson(INVOICE_REGISTER));
  return createHttpRegister({ provider, key: async () => (await readSecret(secretArn, keySchema)).apiKey });
}
