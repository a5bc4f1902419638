/** Whoever was accepted as a substitute: at each moment of the absence somebody is there, whoever else is away. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Absence, Person } from '../../../functions/directory/port.ts';
import { substitutesFor } from '../../../functions/directory/substitutes.ts';
import { refusalOfSubstitute } from '../../../functions/people/check-substitute.ts';

const IDS = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
const SUBJECTS = ['order', 'payment'];
const HOURS = 12;

const instant = (hour: number) => new Date(Date.UTC(2026, 11, 1, hour)).toISOString();

const absences: fc.Arbitrary<Absence> = fc
  .record({
    begins: fc.integer({ min: 0, max: HOURS - 1 }),
    hours: fc.integer({ min: 1, max: HOURS }),
    substituteId: fc.constantFrom(...IDS),
    scope: fc.option(fc.subarray(SUBJECTS, { minLength: 1 })),
  })
  .map(({ begins, hours, substituteId, scope }) => ({
    from: instant(begins),
    until: instant(begins + hours),
    substituteId,
    ...(scope === null ? {} : { scope }),
  }));

const companies = fc.array(fc.record({ active: fc.boolean(), absences: fc.array(absences, { maxLength: 3 }) }), {
  minLength: IDS.length,
  maxLength: IDS.length,
});

it('agrees with the line as routing follows it, at every hour of the absence and for each subject', async () => {
  let accepted = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(companies, absences, async (company, absence) => {
      const people = new Map(company.map((one, index) => [IDS[index] ?? '', personOf(IDS[index] ?? '', one)]));
      people.set('A', personOf('A', { active: true, absences: [] }));
      const subjects = absence.scope ?? SUBJECTS;

      const refusal = await refusalOfSubstitute(async (id) => people.get(id), 'A', absence, subjects);

      people.set('A', personOf('A', { active: true, absences: [absence] }));
      const found: number[] = [];
      for (let at = Date.parse(absence.from); at < Date.parse(absence.until); at += 3_600_000) {
        for (const subject of subjects) {
          found.push((await substitutesFor(async (id) => people.get(id), 'A', new Date(at), subject)).length);
        }
      }
      expect(found.every((count) => count > 0)).toBe(refusal === undefined);
      accepted += refusal === undefined ? 1 : 0;
      refused += refusal === undefined ? 0 : 1;
    }),
    { numRuns: 500 },
  );
  expect([accepted > 20, refused > 20]).toEqual([true, true]);
});

function personOf(employeeId: string, more: Pick<Person, 'active' | 'absences'>): Person {
  const email = `${employeeId}@meridian.example`;
  return { employeeId, name: employeeId, email, locale: 'en', departmentId: 'D', posts: [], ...more };
}
