/** What others let the caller know of. */
import * as z from 'zod';
import { amount, currency, instant, next, paging, place, subject } from './common.ts';

export const copiesQuery = z.object(paging);

const copiedApproval = z
  .object({
    ...place,
    subject,
    title: z.string(),
    requesterName: z.string().optional(),
    supplier: z.string().optional(),
    currency,
    total: amount,
    by: z.string().describe('Name of who copied the caller; empty: the approval rules did.'),
    at: instant.describe('When they did, in UTC.'),
    outcome: z.string().optional().describe('Only once the approval has ended.'),
  })
  .meta({ id: 'CopiedApproval' });

export const copyList = z
  .object({ copies: z.array(copiedApproval).describe('Newest first.'), next })
  .meta({ id: 'CopyList' });
