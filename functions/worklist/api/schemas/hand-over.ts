/** What somebody has to decide goes over to somebody else. */
import * as z from 'zod';
import { employeeId, namedPerson, place } from './common.ts';

/** Approvals that one call moves at once: each is a transaction of its own, and an answer must come within seconds. */
export const MOST_MOVED = 100;
/** Approvals of one order. */
export const MOST_ORDERED = 20_000;

export const handOverPath = z.object({ employeeId });
export const handOverQuery = z
  .object({
    to: employeeId.min(1).max(100).optional(),
    run: z.string().max(100).optional().describe('Of an order that was answered with 202: how far it has come.'),
  })
  .refine(({ to, run }) => (to === undefined) !== (run === undefined), { message: 'either to or run', path: ['to'] });

const task = {
  ...place,
  title: z.string(),
  levels: z.array(z.string()).describe('Names of the levels on which the person is asked, or would be.'),
};

const standIns = z
  .array(namedPerson)
  .optional()
  .describe('Who is asked now in the place of `to`, who is away. Absent: `to`.');

const moving = {
  ...task,
  standIns,
  refusal: z.string().optional().describe('Why it cannot move. Absent: it can.'),
};

export const handOverPreview = z
  .object({
    from: namedPerson,
    to: namedPerson,
    moving: z.array(z.object(moving)).describe('All that the person has to decide, now or later.'),
  })
  .meta({ id: 'HandOverPreview' });

export const handOverOrder = z
  .strictObject({
    to: employeeId.min(1).max(100),
    places: z
      .array(z.strictObject(place))
      .min(1)
      .max(MOST_ORDERED)
      .describe('What is to move, as the preview showed it: that, and nothing else.'),
  })
  .meta({ id: 'HandOverOrder' });

export const handOverResult = z
  .object({
    moved: z.array(z.object({ ...task, standIns })),
    refused: z.array(z.object({ ...task, refusal: z.string() })),
    gone: z.array(z.object(place)).describe('In these the person has nothing to decide any more.'),
  })
  .meta({ id: 'HandOverResult' });

export const handOverRun = z
  .object({
    run: z.string().describe('What to ask for with `run`.'),
    total: z.int(),
    moved: z.int(),
    refused: z.int(),
    gone: z.int().describe('In these the person had nothing to decide any more.'),
    failures: z
      .array(z.object({ ...place, reason: z.string() }))
      .describe('The first fifty that were refused. All of them stand in the records of their processes.'),
    doneAt: z.iso.datetime().optional().describe('Absent: it goes on by itself.'),
  })
  .meta({ id: 'HandOverRun' });
