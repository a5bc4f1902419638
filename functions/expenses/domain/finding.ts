/** What the check of an expense claim finds. Pure. */
import { minorUnit } from '../../money/money.ts';
import type { Reason } from '../../requests/domain/request.ts';

/** What becomes of these is the company's choice (`expense-findings.dmn`); of all others their check says it. */
export const RULED_FINDINGS = [
  'too-old',
  'earlier-year',
  'journey-missing',
  'unknown-journey',
  'outside-journey',
  'receipt-missing',
  'receipt-exceeded',
  'receipt-not-identifiable',
  'receipt-file-unreadable',
  'receipt-number-differs',
  'receipt-date-differs',
  'receipt-amount-differs',
  'receipt-seller-differs',
  'receipt-buyer-differs',
  'receipt-rules-not-asked',
] as const;

export type RuledFinding = (typeof RULED_FINDINGS)[number];

export type ClaimFindingCode =
  | RuledFinding
  | 'not-booked-here'
  | 'total-differs'
  | 'amount-not-positive'
  | 'amount-not-rounded'
  | 'no-rate'
  | 'date-in-future'
  | 'not-claimable'
  | 'over-limit'
  | 'too-many-units'
  | 'unknown-receipt'
  | 'unused-receipt'
  | 'receipt-repeated'
  | 'receipt-currency-differs'
  | 'duplicate-in-claim'
  | 'receipt-file-missing'
  | 'receipt-credit-note'
  | 'receipt-rule-broken'
  | 'receipt-not-genuine'
  | 'receipt-not-verified';

/** `return`: the employee has to change it. `review`: a person judges it. */
export type Severity = 'return' | 'review';

/** Something about a claim that keeps it from being approved as it is. */
export interface ClaimFinding {
  /** Number of the line, from 1. */
  readonly line?: number;
  readonly receiptId?: string;
  /** Such as `claim.lines[0].amount`. */
  readonly field: string;
  readonly code: ClaimFindingCode;
  /** What becomes of it, before the company's table is asked about one of {@link RULED_FINDINGS}. */
  readonly severity: Severity;
  /** Names the field, what is wrong and the remedy. */
  readonly reason: Reason;
}

export function isRuled(code: ClaimFindingCode): code is RuledFinding {
  return RULED_FINDINGS.some((ruled) => ruled === code);
}

export type FindingDetail = Omit<ClaimFinding, 'reason'>;

/** `en` and `zh`: what is wrong, then the remedy. */
export function finding(
  detail: FindingDetail,
  en: readonly [string, string],
  zh: readonly [string, string],
): ClaimFinding {
  const { field } = detail;
  return { ...detail, reason: { en: `${field}: ${en[0]}; ${en[1]}.`, zh: `${field}：${zh[0]}；${zh[1]}。` } };
}

export function unroundedFinding(detail: FindingDetail, amount: string, currency: string): ClaimFinding {
  const digits = minorUnit(currency);
  return finding(
    detail,
    [`${amount} is not rounded to ${currency}`, `give ${digits} digits after the point`],
    [`${amount} 未按 ${currency} 取整`, `小数点后保留 ${digits} 位`],
  );
}

export function futureFinding(detail: FindingDetail, date: string): ClaimFinding {
  return finding(
    detail,
    [`${date} has not come yet`, 'write the date on the receipt'],
    [`${date} 尚未到来`, '请填写票据上的日期'],
  );
}

/** Undefined: `date` is at most `maxAgeDays` days before `today`. */
export function ageFinding(
  detail: FindingDetail,
  date: string,
  { today, maxAgeDays }: { readonly today: string; readonly maxAgeDays: number },
): ClaimFinding | undefined {
  const age = Math.round((Date.parse(today) - Date.parse(date)) / 86_400_000);
  return age <= maxAgeDays
    ? undefined
    : finding(
        detail,
        [`${date} is more than ${maxAgeDays} days ago`, 'take the line off, or ask accounting what can be done'],
        [`${date} 已超过 ${maxAgeDays} 天`, '请删除该行，或咨询财务'],
      );
}
