/** What the caller asked for. */
import * as z from 'zod';
import { employeeId, instant, next, paging, place } from './common.ts';

export const requestsQuery = z.object(paging);

export const requestPath = z.object({ processId: place.processId });

export const urgeResult = z.object({ result: z.literal('urged') }).meta({ id: 'UrgeResult' });

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
    waitsFor: z
      .array(
        z.object({
          kind: z.enum([
            'approval',
            'rework',
            'goods-receipt',
            'supplier-invoice',
            'payment',
            'leave-start',
            'payroll',
            'payslip',
            'hold',
          ]),
          deadline: instant,
          people: z
            .array(z.object({ employeeId, name: z.string() }))
            .describe('Who has it now; `operators` is whoever is on duty.'),
          urgedAt: instant.optional().describe('When they were urged last.'),
        }),
      )
      .describe('Empty while Meridian itself is at work on it, and once it has ended.'),
  })
  .meta({ id: 'Request' });

export const requestList = z
  .object({ requests: z.array(request).describe('Newest first.'), next })
  .meta({ id: 'RequestList' });
