/** What is decided about, with what lets one judge it. */
import * as z from 'zod';
import { amount, currency, instant } from './common.ts';

const day = z.iso.date().describe('A calendar date.');

const budget = z
  .object({
    from: day,
    to: day.describe('The last day.'),
    currency,
    budgeted: amount,
    used: amount.describe('Invoiced and otherwise booked.'),
    committed: amount.optional().describe('Ordered and not invoiced yet. Absent: the ERP cannot tell.'),
    leftAfter: amount
      .optional()
      .describe('What is left once this is bought; negative: the budget is exceeded. Absent: of another currency.'),
  })
  .meta({ id: 'Budget' });

const row = z
  .enum(['purchases', 'claims', 'changes'])
  .describe("The same requester's from the same supplier, the same employee's, or those of the same product's bill.");

const rowRequest = (number: string) =>
  z.object({
    number: z.string().describe(number),
    title: z.string(),
    amount: amount.describe('In `baseCurrency`.'),
    at: instant.describe('When it was asked for, in UTC.'),
    outcome: z.string().optional().describe('How it ended. Absent: it is on its way.'),
  });

/** What came into the row after the question was asked. */
export const requestsSince = z
  .object({
    of: row,
    count: z.int().min(1).describe('All of them, whatever became of them.'),
    latest: z.array(rowRequest("The request's in the OA.")).describe('Newest first, at most three.'),
  })
  .meta({ id: 'RequestsSince' });

const earlierRequests = z
  .object({
    of: row,
    days: z.int().describe('How far back it looks.'),
    count: z.int().describe('Those that were carried out or are on their way.'),
    total: amount.describe('Of all that are counted, in `baseCurrency`.'),
    isMore: z.boolean().optional().describe('There were more than are remembered: count and total are of the newest.'),
    latest: z
      .array(rowRequest("The document's in the ERP, or the request's in the OA where there is none."))
      .describe('Newest first, at most three, whatever became of them.'),
  })
  .meta({ id: 'EarlierRequests' });

const figures = {
  quantity: z.string(),
  unit: z.string().optional(),
  unitPrice: amount,
  amount,
};
const label = z.object({ en: z.string(), zh: z.string() });
const money = z.object({ amount, currency });

/** How a text, or a line, was and is. */
const changed = <Value extends z.ZodType>(value: Value) => ({
  before: value.optional().describe('Absent: it was added.'),
  after: value.optional().describe('Absent: it was taken out.'),
});

/** What is other than in the version that was returned. */
export const documentChanges = z
  .object({
    since: z.int().min(1).describe('The version with which it is compared.'),
    total: z.object({ before: money, after: money }).describe('Also where it stayed as it was.'),
    fields: z.array(z.object({ field: z.enum(['title', 'supplier', 'costCentre']), ...changed(z.string()) })),
    lines: z
      .array(z.object({ label: z.string(), ...changed(z.object(figures)) }))
      .describe('Amounts are of the currency of their version.'),
    notes: z.array(z.object({ label, ...changed(z.string()) })),
  })
  .meta({ id: 'DocumentChanges' });

export const document = z
  .object({
    title: z.string(),
    requesterName: z.string().optional(),
    currency,
    total: amount,
    baseTotal: amount,
    baseCurrency: currency,
    supplier: z.string().optional(),
    costCentre: z.string().optional(),
    budget: budget
      .optional()
      .describe(
        'Of the cost centre, without tax, as the ERP had it when the request was checked. Absent: there is none.',
      ),
    earlierRequests: earlierRequests.optional().describe('What was asked for before in the same row. Absent: nothing.'),
    lines: z.array(z.object({ label: z.string(), ...figures })),
    notes: z.array(z.object({ label, value: z.string() })),
  })
  .meta({ id: 'Document' });
