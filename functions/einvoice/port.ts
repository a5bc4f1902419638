/** The official rules of EN 16931, and who asks them about a file. */
import type { BrokenRule, RuleReport } from './domain/rule-report.ts';

/** The rules themselves, over the text of one document. */
export interface InvoiceRules {
  /** Their version and the beginning of their SHA-256. */
  readonly version: string;
  /**
   * @param xml - well-formed and without a DOCTYPE
   * @returns undefined: they cannot be evaluated on it, since a value is no number or no day
   * @throws ConfigError: the rules are not where they should be
   */
  brokenBy(xml: string): Promise<readonly BrokenRule[] | undefined>;
}

/** Has an invoice checked that has arrived. */
export interface InvoiceChecker {
  /**
   * @param key - where it arrived
   * @returns undefined: there is no such file any more, or it is no UBL invoice
   * @throws ConnectorTransientError: nobody could be asked now; ConfigError: the function may not be asked, or lacks its rules
   */
  check(key: string): Promise<RuleReport | undefined>;
}
