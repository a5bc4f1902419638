/**
 * The contract of the API: what it takes and what it answers. `docs/openapi.json` is generated from these schemas
 * (`npm run openapi`), and a test compares both.
 */
import * as z from 'zod';
import { ACTIONS, type ApprovalSubject } from '../../approvals/domain/plan.ts';

const MAX_LIMIT = 100;
/** As the pages' forms have it. */
const MAX_COMMENT = 1000;
const MAX_NAME = 200;

const SUBJECTS = Object.keys(ACTIONS).filter((one): one is ApprovalSubject => Object.hasOwn(ACTIONS, one));

const instant = z.iso.datetime().describe('An instant in UTC.');
const employeeId = z.string().describe('Employee id of the directory.');
const amount = z
  .string()
  .describe('A decimal number as text, exact.')
  .meta({ examples: ['5960.00'] });
const currency = z
  .string()
  .describe('ISO 4217.')
  .meta({ examples: ['CNY'] });
const subject = z.enum(SUBJECTS).describe('Kind of question.').meta({ id: 'Subject' });
const index = z.int().min(0).max(999_999);

const asked = {
  level: index.describe('The level that the caller is asked about.'),
  round: index.describe('The round of questions. An answer to an earlier round does not count.'),
  documentVersion: index.describe('The version that the caller has seen. An answer to another one does not count.'),
};

const place = {
  processId: z.string().min(1).max(100),
  approvalId: z.string().min(1).max(100),
};

const paging = {
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(25),
  after: z.string().min(1).max(500).optional().describe('`next` of the page before.'),
};
const next = z.string().optional().describe('Ask with `after` for the next page. Absent: there is none.');

export const taskPath = z.object(place);
export const taskQuery = z.object({
  level: z.coerce
    .number()
    .int()
    .min(0)
    .max(999_999)
    .optional()
    .describe('Where the caller is asked on several levels.'),
});
export const tasksQuery = z.object({ subject: subject.optional(), ...paging });
export const requestsQuery = z.object(paging);
export const copiesQuery = z.object(paging);

export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,100}$/)
  .describe(
    'Chosen by the caller for one action: sent again under its key, the action gets the same answer and is not done again.',
  );

const openTask = z
  .object({
    ...place,
    subject,
    level: index,
    levelName: z.string(),
    isForOpinion: z.boolean().describe('The decision stays with whoever asked.'),
    title: z.string(),
    requesterName: z.string().optional(),
    supplier: z.string().optional(),
    currency,
    total: amount,
    since: instant,
    deadline: instant,
  })
  .meta({ id: 'OpenTask' });

export const taskList = z
  .object({ tasks: z.array(openTask).describe('Earliest deadline first.'), next })
  .meta({ id: 'TaskList' });

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

const said = {
  levelName: z.string(),
  by: z.string().describe('Name of who said it.'),
  action: z.string(),
  at: instant,
  comment: z.string(),
  isVoid: z.boolean().describe('It counts no more.'),
};

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

const earlierPurchases = z
  .object({
    days: z.int().describe('How far back it looks.'),
    count: z.int().describe('Those that were carried out or are on their way.'),
    total: amount.describe('Of all that are counted, in `baseCurrency`.'),
    isMore: z.boolean().optional().describe('There were more than are remembered: count and total are of the newest.'),
    latest: z
      .array(
        z.object({
          number: z.string().describe("The order's, or the process's where nothing was ordered."),
          title: z.string(),
          amount: amount.describe('In `baseCurrency`.'),
          at: instant.describe('When it was asked for, in UTC.'),
          outcome: z.string().optional().describe('How it ended. Absent: it is on its way.'),
        }),
      )
      .describe('Newest first, at most three, whatever became of them.'),
  })
  .meta({ id: 'EarlierPurchases' });

const document = z
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
    earlierPurchases: earlierPurchases
      .optional()
      .describe('What the same requester asked for from the same supplier before. Absent: nothing.'),
    lines: z.array(
      z.object({
        label: z.string(),
        quantity: z.string(),
        unit: z.string().optional(),
        unitPrice: amount,
        amount,
      }),
    ),
    notes: z.array(z.object({ label: z.object({ en: z.string(), zh: z.string() }), value: z.string() })),
  })
  .meta({ id: 'Document' });

export const task = z
  .object({
    ...place,
    ...asked,
    subject,
    levelName: z.string(),
    deadline: instant.optional().describe('Only while the level is open.'),
    document,
    earlier: z.array(z.object(said)).describe('Decisions and remarks, oldest first.'),
    copies: z
      .array(z.object({ name: z.string(), by: z.string(), at: instant, note: z.string() }))
      .describe('Who was copied, by whom (empty: by the approval rules): they are to know, and decide nothing.'),
    own: z.object(said).optional().describe('What the caller decided.'),
    decisions: z
      .array(z.object({ action: z.string(), commentRequired: z.boolean() }))
      .describe('What would count now as a decision.'),
    next: z
      .object({ levelName: z.string(), candidates: z.array(z.object({ employeeId, name: z.string() })) })
      .optional()
      .describe('Among whom whoever decides last chooses for the next level.'),
    actions: z.array(z.string()).describe('Further kinds of actions that would count now.'),
    removableSigners: z.array(z.object({ employeeId, name: z.string() })),
    earlierLevels: z.array(z.object({ level: index, name: z.string() })).describe('Where it can be sent back to.'),
    refusal: z.string().optional().describe('Why some or all decisions are not offered.'),
    outcome: z.string().optional().describe('Only once the approval has ended.'),
  })
  .meta({ id: 'Task' });

const comment = z.string().max(MAX_COMMENT).default('');
const person = z
  .string()
  .trim()
  .min(1)
  .max(MAX_NAME)
  .describe('Employee id, mail address or name of exactly one active colleague.');

export const action = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('decide'),
      action: z.string().min(1).max(100).describe('One of `decisions` of the task.'),
      next: employeeId
        .optional()
        .describe('One of `next.candidates` of the task: needed from whoever decides last on a level that has them.'),
      comment,
      ...asked,
    }),
    z.strictObject({
      kind: z.enum(['comment', 'claim', 'release', 'give-back', 'recall', 'take-back', 'return-to-requester']),
      comment,
      ...asked,
    }),
    z.strictObject({ kind: z.enum(['transfer', 'delegate', 'copy']), to: person, comment, ...asked }),
    z.strictObject({
      kind: z.literal('add-signer'),
      to: person,
      where: z.enum(['before', 'beside', 'after']),
      comment,
      ...asked,
    }),
    z.strictObject({ kind: z.literal('remove-signer'), signer: employeeId, comment, ...asked }),
    z.strictObject({ kind: z.literal('return-to-level'), target: index, comment, ...asked }),
  ])
  .meta({ id: 'Action' });

export const actionResult = z
  .discriminatedUnion('result', [
    z.object({
      result: z.literal('decided'),
      action: z.string(),
      outcome: z
        .string()
        .describe('`next-level`, `undecided` while others are still to decide, or how the approval ended.'),
      task,
    }),
    z.object({ result: z.literal('done'), kind: z.string(), task }),
  ])
  .meta({ id: 'ActionResult' });

const fileId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .describe('Names the file within its process.');

export const filePath = z.object({ ...place, fileId });

const file = z
  .object({
    fileId,
    name: z.string().optional().describe('Absent: it was erased with other personal values.'),
    by: z.string().describe('Name of who added it.'),
    at: instant,
    mediaType: z.string().describe('As the content says, not as the name does.'),
    bytes: z.int(),
    version: z.int().optional().describe('The earlier version to which it was added. Absent: it is of this one.'),
  })
  .meta({ id: 'File' });

export const fileList = z
  .object({
    files: z.array(file).describe('Oldest first.'),
    canAttach: z.boolean().describe('Whether a further file of the caller would count now.'),
  })
  .meta({ id: 'FileList' });

export const uploadForm = z
  .object({
    action: z.url().describe('Where to POST the form, as `multipart/form-data`.'),
    fields: z.record(z.string(), z.string()).describe('To be sent as they are, before the file.'),
    fileField: z.literal('file').describe('Name of the last field: the file with its name.'),
    maxBytes: z.int(),
    expiresAt: instant,
  })
  .meta({ id: 'UploadForm' });

export const receiptUpload = uploadForm
  .extend({ fileId: fileId.describe('By which a receipt of an expense claim names the file, in `fileId`.') })
  .meta({ id: 'ReceiptUpload' });

export const fileAddress = z
  .object({
    url: z.url().describe('Gives the file to whoever has it. It is no address of the API: send no token there.'),
    expiresAt: instant,
  })
  .meta({ id: 'FileAddress' });

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

export const problem = z
  .object({
    type: z.string().describe('`/api/v1/problems/` and the code.'),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    code: z.string().describe('Stable, for programs: the reason why an action does not count, or what is wrong.'),
    errors: z.array(z.object({ field: z.string(), problem: z.string() })).optional(),
  })
  .describe('As RFC 9457 has it.')
  .meta({ id: 'Problem' });
