/** A document of several lines: every one of them is asked about, whatever stands first. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateTable } from '../../../functions/policy/evaluate-table.ts';
import type { LevelsQuestion } from '../../../functions/policy/port.ts';
import { companyPolicies, companyRules } from '../../support/purchase-company.ts';

const TABLE = companyRules.tables['approval-levels'];
const NAMES = TABLE?.rules.map(({ results }) => results[0]) ?? [];

const line = fc.record({
  category: fc.constantFrom('', 'custom-made', 'furniture'),
  currency: fc.constantFrom('CNY', 'CNY', 'EUR', 'USD'),
});
const questions: fc.Arbitrary<LevelsQuestion> = fc.record({
  subject: fc.constantFrom('order', 'payment', 'expense', 'leave'),
  amount: fc.constantFrom('100', '2000.01', '30000', '40000', '40000.01', '50000', '600000'),
  costCentre: fc.constantFrom('CC-100', 'CC-300', ''),
  legalEntities: fc.uniqueArray(fc.constantFrom('CN01', 'DE01'), { maxLength: 2 }),
  lines: fc.array(line, { minLength: 1, maxLength: 4 }),
});

const levelsOf = async (question: LevelsQuestion) =>
  (await companyPolicies.approvalLevels(question)).map(({ level }) => level);

/** What the table says of one line, asked without the policies. */
function namesFor(
  { subject, amount, costCentre }: LevelsQuestion,
  asked: { category: string; currency: string; legalEntity: string },
) {
  const { legalEntity, ...rest } = asked;
  const values = { subject, amount: Number(amount), 'cost centre': costCentre, ...rest, 'legal entity': legalEntity };
  return TABLE === undefined ? [] : evaluateTable(TABLE, values).map(({ level }) => level);
}

describe('the levels of a document of several lines', () => {
  it('are those of every line for every legal entity, each once, in the order of the table', async () => {
    await fc.assert(
      fc.asyncProperty(questions, async (question) => {
        const entities = question.legalEntities.length === 0 ? [''] : question.legalEntities;
        const asked = question.lines.flatMap((one) => entities.map((legalEntity) => ({ ...one, legalEntity })));
        const wanted = new Set(asked.flatMap((one) => namesFor(question, one)));
        const levels = await levelsOf(question);

        expect(new Set(levels)).toEqual(wanted);
        expect(new Set(levels).size).toBe(levels.length);
        expect(isInOrder(levels)).toBe(true);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('are the same in whatever order the lines stand, and however often', async () => {
    await fc.assert(
      fc.asyncProperty(questions, async (question) => {
        const turned = { ...question, lines: [...question.lines, ...question.lines].reverse() };

        expect(await levelsOf(turned)).toEqual(await levelsOf(question));
      }),
      { numRuns: 30 },
    );
  }, 60_000);

  it('grow with each line, and what a link may decide shrinks: no line takes anything away', async () => {
    await fc.assert(
      fc.asyncProperty(questions, line, async (question, further) => {
        const longer = { ...question, lines: [...question.lines, further] };
        const [levels, more] = [await levelsOf(question), await levelsOf(longer)];
        const [limit, lower] = [await companyPolicies.linkLimit(question), await companyPolicies.linkLimit(longer)];

        expect(more).toEqual(expect.arrayContaining(levels));
        expect(Number(lower)).toBeLessThanOrEqual(Number(limit));
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});

/** Whether the table has rows of these names one after the other. */
function isInOrder(levels: readonly string[]): boolean {
  let row = -1;
  return levels.every((level) => {
    row = NAMES.indexOf(level, row + 1);
    return row !== -1;
  });
}
