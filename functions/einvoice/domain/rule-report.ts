/** What the official rules of EN 16931 say of one invoice, bounded in number and size. Pure. */
import * as z from 'zod';

/** Rules that a report names; the others are counted. */
const MAX_NAMED = 40;
const MAX_TEXT = 300;
const MAX_LOCATION = 200;

/** A rule that an invoice breaks, as the rules themselves have it. */
export interface BrokenRule {
  /** Such as `BR-CO-15`. */
  readonly id: string;
  /** `fatal`: it is no invoice of EN 16931. `warning`: it should not be so. */
  readonly flag: 'fatal' | 'warning';
  /** Path of the first place where it is broken, such as `/Invoice[1]/LegalMonetaryTotal[1]`. */
  readonly location: string;
  /** The official text, in English. */
  readonly text: string;
}

const countedRule = z.object({
  id: z.string(),
  flag: z.enum(['fatal', 'warning']),
  location: z.string(),
  text: z.string(),
  /** Places where it is broken. */
  times: z.int().min(1),
});

/**
 * `checked`: the rules were asked. `inapplicable`: they could not be evaluated, since a value is no number or no day.
 * `unchecked`: it is too large for them, or they took too long: people check it.
 */
export const ruleReportSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('checked'),
    /** Which rules: their version and the beginning of their SHA-256. */
    rules: z.string(),
    /** Different rules that are broken. */
    fatal: z.int().min(0),
    warnings: z.int().min(0),
    /** Fatal ones first. */
    broken: z.array(countedRule).max(MAX_NAMED),
  }),
  z.object({ outcome: z.literal('inapplicable'), rules: z.string() }),
  z.object({ outcome: z.literal('unchecked') }),
]);
export type RuleReport = z.infer<typeof ruleReportSchema>;
type CountedRule = z.infer<typeof countedRule>;

/** Each rule once, with its first place. */
export function reportOf(rules: string, broken: readonly BrokenRule[]): RuleReport {
  const byId = new Map<string, CountedRule>();
  for (const { id, flag, location, text } of broken) {
    const known = byId.get(id);
    byId.set(id, known ? { ...known, times: known.times + 1 } : { id, flag, location, text, times: 1 });
  }
  const all = [...byId.values()];
  const fatal = all.filter(({ flag }) => flag === 'fatal');
  const warnings = all.filter(({ flag }) => flag === 'warning');
  return {
    outcome: 'checked',
    ...{ rules, fatal: fatal.length, warnings: warnings.length },
    broken: [...fatal, ...warnings].slice(0, MAX_NAMED).map((rule) => ({
      ...rule,
      location: clipped(rule.location, MAX_LOCATION),
      text: clipped(rule.text, MAX_TEXT),
    })),
  };
}

function clipped(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
