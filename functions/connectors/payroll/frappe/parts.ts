/** What the connector of Frappe HR stands on, and what the company file says about it. */
import * as z from 'zod';
import { currencySchema, decimalSchema } from '../../../money/money.ts';
import type { RunFiles } from '../../../payroll/port.ts';
import type { FrappeSite } from './site.ts';

export const frappeSettingsSchema = z.object({
  /** Address of the site. */
  url: z.url(),
  /** Name of the company in Frappe HR; its currency is `currency`. */
  company: z.string().min(1),
  /** ISO 4217. */
  currency: currencySchema,
  /** Payroll payable account. */
  payableAccount: z.string().min(1),
  /** Undefined: the company's own. */
  costCenter: z.string().min(1).optional(),
  /** By kind of leave: the share of a day's pay that is not paid, `0` to `1`. */
  unpaid: z.record(z.string(), decimalSchema),
});

export interface FrappeParts {
  readonly site: FrappeSite;
  readonly settings: z.infer<typeof frappeSettingsSchema>;
  /** Where the figures are kept as they were handed over. */
  readonly files: RunFiles;
  /** Milliseconds after which a hand-over begins nothing further; 25,000 unless given. */
  readonly budgetMs?: number;
}
