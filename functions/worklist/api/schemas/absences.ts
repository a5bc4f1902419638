/** Who stands in for the caller, and for whom they stand in. */
import * as z from 'zod';
import { instant, namedPerson, person, subject } from './common.ts';

const period = {
  from: instant,
  until: instant,
  scope: z.array(z.string()).describe('Kinds of questions that go to the substitute; empty: all.'),
};

const absenceId = z.string().min(1).max(100);

export const absencePath = z.object({ absenceId });

export const absenceList = z
  .object({
    own: z
      .array(
        z.object({
          absenceId: absenceId.optional().describe('Of what the caller named themselves, to end it by.'),
          ...period,
          substitute: namedPerson,
          source: z
            .enum(['own', 'leave', 'directory'])
            .describe('Who said so: the caller, an approved leave, or the directory.'),
        }),
      )
      .describe('Present and coming, the earliest first.'),
    standIns: z
      .array(z.object({ ...period, away: namedPerson }))
      .describe('For whom the caller stands in, now and in the coming 90 days.'),
  })
  .meta({ id: 'AbsenceList' });

const day = z.iso.date();

export const substituteWish = z
  .strictObject({
    from: day.describe('First day, by the clocks of the caller.'),
    to: day.describe('Last day.'),
    person,
    scope: z
      .array(subject.exclude(['operator']))
      .default([])
      .describe('Kinds of questions that go to the substitute; empty: all.'),
  })
  .meta({ id: 'SubstituteWish' });

export const absenceResult = z
  .object({ result: z.enum(['named', 'ended']), absences: absenceList })
  .meta({ id: 'AbsenceResult' });
