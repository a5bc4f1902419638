/** Tasks, and what is done about them. */
import * as z from 'zod';
import {
  amount,
  currency,
  employeeId,
  index,
  instant,
  MAX_COMMENT,
  namedPerson,
  next,
  paging,
  person,
  place,
  subject,
} from './common.ts';
import { document, documentChanges, requestsSince } from './document.ts';

const asked = {
  level: index.describe('The level that the caller is asked about.'),
  round: index.describe('The round of questions. An answer to an earlier round does not count.'),
  documentVersion: index.describe('The version that the caller has seen. An answer to another one does not count.'),
};

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

const standInTask = openTask.extend({ away: namedPerson.describe('Who is away.') }).meta({ id: 'StandInTask' });

export const taskList = z
  .object({
    tasks: z
      .array(openTask)
      .describe('Earliest deadline first; a task that one of several may claim is on the list of each until it is.'),
    standIns: z
      .array(standInTask)
      .optional()
      .describe(
        'Of those for whom the caller stands in now, up to `limit` of each, as far as they may be taken over; each is read and acted on as a task, and taken over by the first action. With the first page only; absent: there are none.',
      ),
    next,
  })
  .meta({ id: 'TaskList' });

const said = {
  levelName: z.string(),
  by: z.string().describe('Name of who said it.'),
  onBehalfOf: z
    .string()
    .optional()
    .describe('Name of whose task it was by the rules, where somebody else decided it; absent: theirs.'),
  action: z.string(),
  at: instant,
  comment: z.string(),
  isVoid: z.boolean().describe('It counts no more.'),
  keptFrom: z.int().min(1).optional().describe('Version of the document that it was said about; absent: this one.'),
};

export const task = z
  .object({
    ...place,
    ...asked,
    subject,
    levelName: z.string(),
    deadline: instant.optional().describe('Only while the level is open.'),
    document,
    requestsSince: requestsSince
      .optional()
      .describe(
        'What was asked for in the same row since this was asked, or in the same instant; as long as it is asked. Absent: nothing.',
      ),
    changes: documentChanges
      .optional()
      .describe(
        'Since the version that was returned to the requester. Absent: `documentVersion` takes the place of none.',
      ),
    earlier: z.array(z.object(said)).describe('Decisions and remarks, oldest first.'),
    saidBefore: z
      .array(z.object({ version: z.int().min(1).describe('About which it was said.'), ...said }))
      .describe(
        'Decisions and remarks about the versions before, oldest first; none of them counts for this one, and `isVoid` says which did not count for theirs in the end. What stands for this one is among `earlier`.',
      ),
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
