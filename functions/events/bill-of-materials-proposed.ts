/**
 * `meridian.erp` / `BillOfMaterialsProposed`: an engineer has marked a bill of materials in the ERP as a proposal. A pointer: the
 * reader asks the ERP again before it believes it.
 */
import * as z from 'zod';
import { metadataSchema } from './envelope.ts';

export const BILL_OF_MATERIALS_PROPOSED = 'BillOfMaterialsProposed';

export const billOfMaterialsProposedSchema = z.object({
  metadata: metadataSchema,
  erp: z.object({ system: z.string().min(1).max(20) }),
  /** The ERP's own identity of the proposed bill. */
  proposalId: z.string().regex(/^[A-Za-z0-9-]{1,32}$/, 'must be the identity of a bill, such as "42"'),
});
export type BillOfMaterialsProposed = z.infer<typeof billOfMaterialsProposedSchema>;
