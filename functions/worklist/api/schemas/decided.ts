/** What the caller decided. */
import * as z from 'zod';
import { amount, currency, instant, next, paging, place, subject } from './common.ts';

export const decidedQuery = z.object(paging);

const decidedApproval = z
  .object({
    ...place,
    subject,
    title: z.string(),
    requesterName: z.string().optional(),
    supplier: z.string().optional(),
    currency,
    total: amount,
    action: z
      .string()
      .describe(
        'What the caller did last: what they decided, or `opinion`, `sent-back` or `returned` (to the requester).',
      ),
    at: instant.describe('When they did, in UTC.'),
    onBehalfOf: z
      .string()
      .optional()
      .describe(
        'Name of whose task it was by the rules, where the caller decided it for somebody else; absent: theirs.',
      ),
    isVoid: z.boolean().describe('It counts no more: the question came up again.'),
    outcome: z.string().optional().describe('Only once the approval has ended.'),
  })
  .meta({ id: 'DecidedApproval' });

export const decidedList = z
  .object({ decided: z.array(decidedApproval).describe('Latest first.'), next })
  .meta({ id: 'DecidedList' });
