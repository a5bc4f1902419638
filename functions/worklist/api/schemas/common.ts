/** What the schemas of several resources share. */
import * as z from 'zod';
import { ACTIONS, type ApprovalSubject } from '../../../approvals/domain/plan.ts';

const MAX_LIMIT = 100;
const MAX_NAME = 200;

const SUBJECTS = Object.keys(ACTIONS).filter((one): one is ApprovalSubject => Object.hasOwn(ACTIONS, one));

export const instant = z.iso.datetime().describe('An instant in UTC.');
export const employeeId = z.string().describe('Employee id of the directory.');
export const amount = z
  .string()
  .describe('A decimal number as text, exact.')
  .meta({ examples: ['5960.00'] });
export const currency = z
  .string()
  .describe('ISO 4217.')
  .meta({ examples: ['CNY'] });
export const subject = z.enum(SUBJECTS).describe('Kind of question.').meta({ id: 'Subject' });
export const index = z.int().min(0).max(999_999);

/** As the pages' forms have it. */
export const MAX_COMMENT = 1000;

export const namedPerson = z.object({ employeeId, name: z.string() });

export const waitKind = z.enum([
  'approval',
  'rework',
  'goods-receipt',
  'supplier-invoice',
  'payment',
  'leave-start',
  'effective-date',
  'leave-end',
  'payroll',
  'payslip',
  'hold',
]);

export const place = {
  processId: z.string().min(1).max(100),
  approvalId: z.string().min(1).max(100),
};

export const paging = {
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(25),
  after: z.string().min(1).max(500).optional().describe('`next` of the page before.'),
};
export const next = z.string().optional().describe('Ask with `after` for the next page. Absent: there is none.');

export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,100}$/)
  .describe(
    'Chosen by the caller for one action: sent again under its key, the action gets the same answer and is not done again.',
  );

export const person = z
  .string()
  .trim()
  .min(1)
  .max(MAX_NAME)
  .describe('Employee id, mail address or name of exactly one active colleague.');
