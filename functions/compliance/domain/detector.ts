/** What looks for one thing in a record, and what it is given besides. Pure. */
import type { ComplianceRule, Finding } from './finding.ts';
import type { InvoiceMark, PurchaseMark, RefusalMark } from './marks.ts';
import type { WatchedProcess } from './watched.ts';

/** What is known beyond the record. Marks are those of this process and of all that could belong to them. */
export interface Surroundings {
  /** Highest amount that each person may approve, in company currency, as the directory says now; absent: none. */
  readonly approvalLimits: ReadonlyMap<string, string>;
  readonly purchases: readonly PurchaseMark[];
  readonly invoices: readonly InvoiceMark[];
  readonly refusals: readonly RefusalMark[];
}

/** What it finds depends on nothing but what it is given, and on no order of what other records say. */
export type Detector = (
  process: WatchedProcess,
  rule: ComplianceRule,
  surroundings: Surroundings,
) => readonly Finding[];
