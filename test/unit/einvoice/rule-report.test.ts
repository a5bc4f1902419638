import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BrokenRule, reportOf, ruleReportSchema } from '../../../functions/einvoice/domain/rule-report.ts';

const brokenRules = fc.array(
  fc.record({
    id: fc.stringMatching(/^BR-\d{1,3}$/),
    flag: fc.constantFrom('fatal' as const, 'warning' as const),
    location: fc.string({ maxLength: 2_000 }),
    text: fc.string({ maxLength: 5_000 }),
  }),
  { maxLength: 300 },
);

describe('the report of the rules of an invoice', () => {
  it('is small and of its shape, whatever is broken in however many places', () => {
    fc.assert(
      fc.property(brokenRules, (broken) => {
        const report = reportOf('1', broken);

        expect(ruleReportSchema.parse(report)).toEqual(report);
        expect(Buffer.byteLength(JSON.stringify(report))).toBeLessThan(200_000);
      }),
    );
  });

  it('counts every rule once, and names fatal ones first', () => {
    fc.assert(
      fc.property(brokenRules, (broken) => {
        const report = reportOf('1', broken);
        if (report.outcome !== 'checked') throw new Error('not checked');

        expect(report.fatal + report.warnings).toBe(new Set(broken.map(({ id }) => id)).size);
        const flags = report.broken.map(({ flag }) => flag);
        expect(flags).toEqual(flags.toSorted());
      }),
    );
  });

  it('names the first place of each rule, and how many there are', () => {
    const at = (location: string): BrokenRule => ({ id: 'BR-25', flag: 'fatal', location, text: 'x' });

    expect(reportOf('1', [at('/a'), at('/b'), at('/c')])).toMatchObject({ broken: [{ location: '/a', times: 3 }] });
  });
});
