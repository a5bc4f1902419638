/** How long each class of data is kept. Logs: `logRetentionDays`. What classes there are: docs/record.md. */
import * as z from 'zod';

/** Ten years: what bookkeeping law asks for in most places; a company knows its own. */
const TEN_YEARS = 3_653;
const THREE_YEARS = 1_096;
/** An execution of Step Functions ends within a year: what a process that runs may need is there. */
const LONGER_THAN_A_PROCESS = 400;
/** What S3 takes. */
const MAX_DAYS = 36_500;

const days = (least: number, standard: number) =>
  z
    .int({ error: 'must be a whole number of days' })
    .min(least, { error: `must be ${least} days or more` })
    .max(MAX_DAYS, { error: `must be ${MAX_DAYS} days or less` })
    .default(standard);

export const retentionSchema = z
  .strictObject({
    /** Books of the record: in `prod` nobody can delete one earlier, and a rule deletes it then. */
    booksDays: days(1, TEN_YEARS),
    /** Names and free texts: in the tables from the end of their process, in the books from the day of the book. */
    personalDays: days(1, THREE_YEARS),
    /** Files that people added, from the day on which they were kept. */
    attachmentsDays: days(LONGER_THAN_A_PROCESS, TEN_YEARS),
    /** What deep questions are asked of: each entry as an event, with the employee's id, from the day on which it was written. */
    eventLogDays: days(1, THREE_YEARS),
  })
  .refine(({ personalDays, booksDays }) => personalDays <= booksDays, {
    path: ['personalDays'],
    error: 'must not be longer than booksDays: what is to be erased is found by the books',
  })
  .prefault({});

export type Retention = z.infer<typeof retentionSchema>;
