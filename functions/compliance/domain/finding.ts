/** What a detector found: which rule of good order something in the records goes against, and where it can be read. Pure. */
import { createHash } from 'node:crypto';

/** By these names the company's table `rules/compliance.dmn` says what follows. */
export const DETECTORS = [
  'over-authority',
  'segregation-of-duties',
  'split-purchase',
  'data-mismatch',
  'unapproved-document',
  'duplicate-invoice',
  'similar-invoice',
  'fast-approval',
  'refused-attempts',
  'overdue',
  'vacant-post',
  'calendar-ending',
  'policy-ending',
  'policy-expired',
  'books-differ',
  'unknown-document',
  'account-changed',
] as const;
export type DetectorName = (typeof DETECTORS)[number];

/** Entries of one record that show what was found. */
export interface Evidence {
  readonly processId: string;
  readonly sequence: number;
}

export interface Finding {
  readonly detector: DetectorName;
  /** Tells it from all others of its detector: the same however often it is found, by whom, and in whatever order. */
  readonly subject: string;
  /** The processes that it is about; empty: it is about none. */
  readonly processIds: readonly string[];
  readonly evidence: readonly Evidence[];
  /** What was seen: figures, numbers of documents and employee ids; no names, bank accounts or free text. */
  readonly facts: { readonly [name: string]: string };
}

/** Id of the case of a finding, and of the case's own record: found again, it is the same case. */
export function caseIdOf({ detector, subject }: Pick<Finding, 'detector' | 'subject'>): string {
  return `CASE-${createHash('sha256').update(`${detector}\n${subject}`).digest('hex').slice(0, 20)}`;
}

/** What the company wants to follow from a finding. */
export const CASE_ACTIONS = ['off', 'note', 'warn', 'approval', 'approval-or-cancel', 'hold'] as const;
export type CaseAction = (typeof CASE_ACTIONS)[number];

/** How whoever has to know of a case is warned: its owner by mail, the company's systems by a topic or a webhook. */
export const WARNING_CHANNELS = ['mail', 'topic', 'webhook'] as const;
export type WarningChannel = (typeof WARNING_CHANNELS)[number];

export const SEVERITIES = ['low', 'medium', 'high'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A row of the table. */
export interface ComplianceRule {
  readonly severity: Severity;
  /**
   * `off`: it is not looked for. `note`: a case. `warn`: a warning as well. `approval`: the processes are held until one more
   * approval is given, by whom the table of approvals names; without it, until compliance decides. `approval-or-cancel`: a no ends
   * them. `hold`: held until compliance releases or cancels.
   */
  readonly action: CaseAction;
  /** Each once; not empty. */
  readonly warnBy: readonly WarningChannel[];
  /** Post whose first holder owns the case. */
  readonly ownerPost: string;
  /** Working days that the owner has. */
  readonly deadlineDays: number;
  /** What it means is the detector's business: seconds, a number of attempts, percent, or an amount in company currency. */
  readonly threshold: string;
  /** How far apart things may lie that belong together. */
  readonly windowHours: number;
}
