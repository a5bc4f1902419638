/** What a company's file says of its ERP. */
import * as z from 'zod';
import { principalArn } from './config-parts.ts';

/** Whose documents follow from what is approved. `odoo`: purchases only (docs/connectors.md). */
export const erpSchema = z
  .strictObject({
    kind: z.enum(['none', 'tryton', 'odoo']),
    /** Whether bills that engineers propose in the ERP begin engineering changes. */
    billProposals: z.boolean().default(false),
    /** ARNs of the IAM roles or users by which the ERP itself says at once what the looks at it would find later. */
    principals: z.array(principalArn).max(10).default([]),
  })
  .refine(({ kind, billProposals }) => !billProposals || kind === 'tryton', {
    path: ['billProposals'],
    error: 'bills are proposed in Tryton only',
  });
