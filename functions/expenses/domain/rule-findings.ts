/** What becomes of an invoice that breaks the official rules of EN 16931. Pure. */
import type { RuleReport } from '../../einvoice/domain/rule-report.ts';
import type { ClaimedReceipt } from '../../events/expense-claim-submitted.ts';
import { type ClaimFinding, finding } from './finding.ts';

/** The company's choice. */
export interface RulePolicy {
  /** Of what is no invoice of EN 16931: back to its employee, or to a reviewer. */
  readonly fatal: 'return' | 'review';
  /** Of what should not be so: to a reviewer, or on its way. */
  readonly warning: 'review' | 'accept';
}

/** Rules of one receipt that are told one by one, and of all receipts of a claim: what is beyond is told as a number. */
const TOLD_OF_RECEIPT = 5;
export const TOLD_OF_CLAIM = 40;

type Checked = Extract<RuleReport, { outcome: 'checked' }>;
type Flag = Checked['broken'][number]['flag'];

/**
 * @param index - of the receipt in its claim
 * @param room - rules of the claim that may still be told one by one
 */
export function ruleFindings(
  { receiptId }: Pick<ClaimedReceipt, 'receiptId'>,
  index: number,
  report: RuleReport,
  policy: RulePolicy,
  room = TOLD_OF_CLAIM,
): readonly ClaimFinding[] {
  const detail = { receiptId, field: `claim.receipts[${index}].fileId` } as const;
  switch (report.outcome) {
    case 'checked':
      return brokenFindings(detail, report, policy, Math.min(room, TOLD_OF_RECEIPT));
    case 'inapplicable':
      return [
        finding(
          { ...detail, code: 'receipt-rule-broken', severity: policy.fatal },
          [
            'the rules of EN 16931 cannot be applied to the invoice: a value in it is no number or no day',
            'ask the seller for a corrected one',
          ],
          ['无法对该发票应用 EN 16931 规则：其中有的值不是数字或日期', '请向销售方索取更正后的发票'],
        ),
      ];
    case 'unchecked':
      return [
        finding(
          { ...detail, code: 'receipt-rules-not-asked', severity: 'review' },
          ['the invoice is too long for the rules of EN 16931, or they took too long', 'check it by hand'],
          ['该发票过长，或 EN 16931 规则检查超时', '请人工检查'],
        ),
      ];
  }
}

type Detail = Pick<ClaimFinding, 'field'> & { readonly receiptId: string };

function brokenFindings(detail: Detail, report: Checked, policy: RulePolicy, room: number): readonly ClaimFinding[] {
  const becomes: Readonly<Record<Flag, ClaimFinding['severity'] | 'accept'>> = policy;
  const findings: ClaimFinding[] = [];
  let left = room;
  for (const [flag, count] of [
    ['fatal', report.fatal],
    ['warning', report.warnings],
  ] as const) {
    const severity = becomes[flag];
    if (severity === 'accept' || count === 0) {
      continue;
    }
    const told = report.broken.filter((rule) => rule.flag === flag).slice(0, left);
    left -= told.length;
    findings.push(...told.map((rule) => brokenFinding({ ...detail, severity }, rule)));
    if (count > told.length) {
      findings.push(restFinding({ ...detail, severity }, count - told.length));
    }
  }
  return findings;
}

type Judged = Detail & Pick<ClaimFinding, 'severity'>;

function brokenFinding(detail: Judged, { id, location, text, times }: Checked['broken'][number]): ClaimFinding {
  // The official texts begin with the rule's id, and end with a full stop or without.
  const says = text.replace(/^\[[^\]]*\]\s*-?\s*/, '').replace(/\.$/, '');
  return finding(
    { ...detail, code: 'receipt-rule-broken' },
    [
      `the invoice breaks the rule ${id} at ${location}${times === 1 ? '' : `, the first of ${times} places`} ("${says}")`,
      'ask the seller for a corrected one',
    ],
    [
      `发票在 ${location}${times === 1 ? '' : ` 等 ${times} 处`}违反规则 ${id}（“${says}”）`,
      '请向销售方索取更正后的发票',
    ],
  );
}

function restFinding(detail: Judged, count: number): ClaimFinding {
  return finding(
    { ...detail, code: 'receipt-rule-broken' },
    [
      `the invoice breaks ${count} more ${count === 1 ? 'rule' : 'rules'} of EN 16931`,
      'ask the seller for a corrected one',
    ],
    [`发票还违反 ${count} 条 EN 16931 规则`, '请向销售方索取更正后的发票'],
  );
}
