/** What a company's file says of its ERP. */
import * as z from 'zod';
import { name, principalArn } from './config-parts.ts';

/** Whose documents follow from what is approved. `odoo`: purchases only (docs/connectors.md). */
export const erpSchema = z
  .strictObject({
    kind: z.enum(['none', 'tryton', 'odoo']),
    /** Whether bills that engineers propose in the ERP begin engineering changes. */
    billProposals: z.boolean().default(false),
    /** ARNs of the IAM roles or users by which the ERP itself says at once what the looks at it would find later. */
    principals: z.array(principalArn).max(10).default([]),
    /**
     * Codes of the legal entities, as claims name them, whose books the connector's user keeps: company, currency and bank are
     * that user's, whatever a claim says. Nothing is assumed, since a wrong guess pays a claim from another entity's account.
     */
    legalEntities: z
      .array(name.max(32))
      .refine((codes) => new Set(codes).size === codes.length, 'must name each legal entity once')
      .default([]),
  })
  .refine(({ kind, billProposals }) => !billProposals || kind === 'tryton', {
    path: ['billProposals'],
    error: 'bills are proposed in Tryton only',
  })
  .refine(({ kind, legalEntities }) => kind !== 'tryton' || legalEntities.length > 0, {
    path: ['legalEntities'],
    error: 'must name the legal entities whose books this ERP keeps: expense claims of all others are returned',
  })
  .refine(({ kind, legalEntities }) => kind === 'tryton' || legalEntities.length === 0, {
    path: ['legalEntities'],
    error: 'must be absent: expense claims are posted in Tryton only',
  });
