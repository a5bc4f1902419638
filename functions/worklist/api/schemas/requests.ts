/** What the caller asked for, and what they say about it. */
import * as z from 'zod';
import { index, instant, MAX_COMMENT, namedPerson, next, paging, place, waitKind } from './common.ts';

export const requestsQuery = z.object(paging);

export const requestPath = z.object({ processId: place.processId });

export const urgeResult = z.object({ result: z.literal('urged') }).meta({ id: 'UrgeResult' });

const version = index.min(1);

const request = z
  .object({
    processId: z.string(),
    title: z.string(),
    requestId: z.string().describe("The OA's own number."),
    status: z.enum(['running', 'ended']),
    phase: z.string(),
    outcome: z.string().optional(),
    startedAt: instant,
    endedAt: instant.optional(),
    version: version.describe('The version that stands. A request that waits for `rework` is sent again in its place.'),
    canWithdraw: z.boolean().describe('Whether a withdrawal is worth offering.'),
    waitsFor: z
      .array(
        z.object({
          kind: waitKind,
          deadline: instant,
          people: z.array(namedPerson).describe('Who has it now; `operators` is whoever is on duty.'),
          urgedAt: instant.optional().describe('When they were urged last.'),
        }),
      )
      .describe('Empty while Meridian itself is at work on it, and once it has ended.'),
  })
  .meta({ id: 'Request' });

export const requestList = z
  .object({ requests: z.array(request).describe('Newest first.'), next })
  .meta({ id: 'RequestList' });

export const withdrawal = z
  .strictObject({ reason: z.string().trim().min(1).max(MAX_COMMENT).describe('Kept in the record.') })
  .meta({ id: 'Withdrawal' });

export const withdrawalResult = z.object({ result: z.literal('withdrawn') }).meta({ id: 'WithdrawalResult' });

export const resubmission = z
  .strictObject({
    replacesVersion: version.describe('The version that was returned: `version` of the request.'),
    document: z
      .record(z.string(), z.unknown())
      .describe(
        'The whole of what is filed anew, not only what changed: `requisition`, `claim` or `leave` as in the event that filed it.',
      ),
  })
  .meta({ id: 'Resubmission' });

export const resubmissionResult = z.object({ result: z.literal('taken') }).meta({ id: 'ResubmissionResult' });

export const earlyReturn = z
  .strictObject({
    to: z.iso.date().optional().describe('The last day of the leave from now on.'),
    isNotTaken: z
      .boolean()
      .default(false)
      .describe('No day of it was taken: then `to` is left out, and somebody approves it.'),
    endsAtNoon: z.boolean().default(false).describe('Its afternoon is worked.'),
    reason: z.string().trim().max(MAX_COMMENT).default('').describe('Kept in the record.'),
  })
  .refine(({ to, isNotTaken }) => isNotTaken !== (to !== undefined), {
    path: ['to'],
    message: 'name the last day, or say with isNotTaken that no day was taken',
  })
  .meta({ id: 'EarlyReturn' });

export const earlyReturnResult = z.object({ result: z.literal('taken') }).meta({ id: 'EarlyReturnResult' });
