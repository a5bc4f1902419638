/** Environment of `check-claim`. */
import * as z from 'zod';
import { attachmentEnvironment, companyEnvironment, erpEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...erpEnvironment.shape,
  ...companyEnvironment.shape,
  ...attachmentEnvironment.shape,
  /** JSON: codes of the legal entities whose books the ERP keeps. Claims of others are returned. */
  BOOKED_LEGAL_ENTITIES: z.string().min(2),
  /** JSON: the tax id of each legal entity, by its code. What has none is not compared. */
  LEGAL_ENTITY_TAX_IDS: z.string().min(2),
  /** JSON: what becomes of invoices that the register does not confirm; empty: the company asks none. */
  VERIFICATION_POLICY: z.string(),
  /** JSON: what becomes of invoices that break the rules of EN 16931. */
  RULE_POLICY: z.string().min(2),
});
