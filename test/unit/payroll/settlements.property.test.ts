import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterSettlement, type Settled, withRound } from '../../../functions/payroll/domain/settlements.ts';

const PEOPLE = ['E-1', 'E-2', 'E-3'];
const UNREAD = 'E-4';

/** Answers of one round, one for each employee at most; what is collected anew is told from all else by its number. */
const round = fc.uniqueArray(
  fc.record({ employeeId: fc.constantFrom(...PEOPLE, UNREAD), corrected: fc.option(fc.nat()) }),
  { selector: ({ employeeId }) => employeeId },
);

function settled({
  employeeId,
  corrected,
}: {
  readonly employeeId: string;
  readonly corrected: number | null;
}): Settled {
  return corrected === null
    ? { employeeId, settlement: 'accepted', collected: null }
    : { employeeId, settlement: 'corrected', collected: { employeeId, months: monthsOf(corrected) } };
}

function monthsOf(workingDays: number) {
  return [{ period: '2026-11', status: 'collected' as const, workingDays, figures: [], differences: [] }];
}

describe('answers about single employees', () => {
  it('leave each employee as they were collected last, accepted if that was the last word', () => {
    fc.assert(
      fc.property(fc.array(round, { maxLength: 4 }), (rounds) => {
        let answers: readonly Settled[] = [];
        for (const one of rounds) {
          answers = withRound(answers, one.map(settled));
          // A reply that was lost is asked for again.
          expect(withRound(answers, one.map(settled))).toEqual(answers);
        }
        const original = PEOPLE.map((employeeId) => ({ employeeId, months: monthsOf(-1) }));
        const { collected, failed, accepted } = afterSettlement(
          original,
          [{ employeeId: UNREAD, error: 'x', cause: '' }],
          answers,
        );
        for (const employeeId of [...PEOPLE, UNREAD]) {
          const said = rounds.flat().filter((one) => one.employeeId === employeeId);
          const anew = said.findLast(({ corrected }) => corrected !== null)?.corrected;
          const expected = anew ?? (employeeId === UNREAD ? undefined : -1);
          const found = collected.filter((one) => one.employeeId === employeeId);
          expect(found.map(({ months }) => months)).toEqual(expected === undefined ? [] : [monthsOf(expected)]);
          expect(failed.some((one) => one.employeeId === employeeId)).toBe(expected === undefined);
          expect(accepted.has(employeeId)).toBe(said.at(-1)?.corrected === null);
        }
      }),
    );
  });
});
