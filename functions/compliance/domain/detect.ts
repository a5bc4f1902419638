/** All that is looked for in a record. Pure. */
import { fastApproval, overAuthority, refusedAttempts, segregationOfDuties } from './approvals-detectors.ts';
import type { Detector, Surroundings } from './detector.ts';
import type { ComplianceRule, DetectorName, Finding } from './finding.ts';
import {
  dataMismatch,
  duplicateInvoice,
  similarInvoice,
  splitPurchase,
  unapprovedDocument,
} from './money-detectors.ts';
import type { WatchedProcess } from './watched.ts';

/** Those that are not here need no entry to be asked: a round each day does. */
export const RECORD_DETECTORS = {
  'over-authority': overAuthority,
  'segregation-of-duties': segregationOfDuties,
  'split-purchase': splitPurchase,
  'data-mismatch': dataMismatch,
  'unapproved-document': unapprovedDocument,
  'duplicate-invoice': duplicateInvoice,
  'similar-invoice': similarInvoice,
  'fast-approval': fastApproval,
  'refused-attempts': refusedAttempts,
} as const satisfies { readonly [name in DetectorName]?: Detector };

export type RecordDetector = keyof typeof RECORD_DETECTORS;

export type RecordRules = { readonly [name in RecordDetector]: ComplianceRule };

/** Findings of every detector that the company has not turned off. */
export function detect(process: WatchedProcess, rules: RecordRules, surroundings: Surroundings): readonly Finding[] {
  return Object.entries(RECORD_DETECTORS).flatMap(([name, detector]) => {
    const rule = rules[name as RecordDetector];
    return rule.action === 'off' ? [] : detector(process, rule, surroundings);
  });
}
