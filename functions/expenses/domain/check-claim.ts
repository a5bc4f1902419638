/** What can be said of an expense claim without asking another system: arithmetic, dates, limits and receipts. Pure. */
import type { Budget } from '../../connectors/erp/port.ts';
import type { ExpenseClaim, ExpenseLine } from '../../events/expense-claim-submitted.ts';
import { compare, convert, isRoundedToCurrency, type Money, roundToCurrency, sum } from '../../money/money.ts';
import type { ExpenseLimit } from '../../policy/port.ts';
import { checkJourneys, type Journey } from './check-journeys.ts';
import { limitFindings } from './check-limits.ts';
import { checkReceipts } from './check-receipts.ts';
import type { ClaimedUse } from './claimed-use.ts';
import {
  ageFinding,
  type ClaimFinding,
  type ClaimFindingCode,
  type FindingDetail,
  finding,
  futureFinding,
  unroundedFinding,
} from './finding.ts';

export interface CheckedLine {
  readonly lineNumber: number;
  /** Units of the company's currency for one of the line's, on the day of the expense. */
  readonly rate: string;
  /** In the company's currency, rounded half up to its minor unit. */
  readonly baseAmount: string;
}

export interface ClaimCheck {
  /** Of every line that could be converted. */
  readonly lines: readonly CheckedLine[];
  /** Of these lines, in the company's currency. */
  readonly baseTotal: Money;
  readonly findings: readonly ClaimFinding[];
  /** On which it was checked, `YYYY-MM-DD`. Absent: by a version before this was kept. */
  readonly day?: string;
  /** Of the cost centre on the day of the check. Absent: the ERP has none. */
  readonly budget?: Budget;
}

export interface ClaimCheckInput {
  readonly claim: ExpenseClaim;
  /** Keys of the paper (`receiptIdentities`) of each receipt, in their order. */
  readonly identities: readonly (readonly string[])[];
  /** By {@link rateKey}; what has no rate is missing. */
  readonly rates: ReadonlyMap<string, string>;
  /** By category, for the employee's grade; what nobody of it may claim is missing. */
  readonly limits: ReadonlyMap<string, ExpenseLimit>;
  /** Approved ones of the employee, by the OA's number. */
  readonly journeys: ReadonlyMap<string, Journey>;
  /** What other claims of the employee have of the limits, of these days and journeys at least. */
  readonly others: readonly ClaimedUse[];
  /** `YYYY-MM-DD` in the company's time zone. */
  readonly today: string;
  /** The company's own. */
  readonly currency: string;
  /** Codes of the legal entities whose claims can be posted. */
  readonly bookedEntities: readonly string[];
}

/** Name of the rate of a currency on a day. */
export function rateKey({ currency, date }: Pick<ExpenseLine, 'currency' | 'date'>): string {
  return `${currency} ${date}`;
}

/** All findings at once. */
export function checkClaim(input: ClaimCheckInput): ClaimCheck {
  const { claim, currency } = input;
  const lines = claim.lines.flatMap((line, index) => convertedLine(input, line, index + 1));
  const total = roundToCurrency(sum(lines.map(({ baseAmount }) => baseAmount)), currency);
  const amounts = new Map(lines.map(({ lineNumber, baseAmount }) => [lineNumber, baseAmount]));
  return {
    lines,
    baseTotal: { amount: total, currency },
    findings: [
      ...entityFindings(input),
      ...claim.lines.flatMap((line, index) => lineFindings(input, line, index + 1, amounts.get(index + 1))),
      ...limitFindings(input, amounts),
      ...checkJourneys(claim.lines, input.limits, input.journeys),
      ...checkReceipts(input),
      // Of lines that have no amount in the company's currency there is no total to compare.
      ...(lines.length === claim.lines.length && compare(total, claim.total) !== 0
        ? [totalFinding(claim.total, total, currency)]
        : []),
    ],
  };
}

function convertedLine({ rates, currency }: ClaimCheckInput, line: ExpenseLine, lineNumber: number): CheckedLine[] {
  const rate = line.currency === currency ? '1' : rates.get(rateKey(line));
  return rate === undefined ? [] : [{ lineNumber, rate, baseAmount: convert(line, rate, currency).amount }];
}

function totalFinding(claimed: string, total: string, currency: string): ClaimFinding {
  return finding(
    { field: 'claim.total', code: 'total-differs', severity: 'return' },
    [`is ${claimed}, but the lines come to ${total} ${currency}`, `write ${total}, or correct the lines`],
    [`为 ${claimed}，但各行合计 ${total} ${currency}`, `请填写 ${total}，或更正明细`],
  );
}

/** The ERP has one company, one currency and one bank: a claim of another entity would be paid by the wrong one. */
function entityFindings({ claim: { legalEntity }, bookedEntities }: ClaimCheckInput): ClaimFinding[] {
  return bookedEntities.includes(legalEntity)
    ? []
    : [
        finding(
          { field: 'claim.legalEntity', code: 'not-booked-here', severity: 'return' },
          [
            `the books of "${legalEntity}" are not kept here`,
            `name the legal entity that bears the expense (here: ${bookedEntities.join(', ') || 'none'}), or file it where its books are kept`,
          ],
          [
            `此处不负责“${legalEntity}”的账务`,
            `请填写承担费用的法人实体（此处可入账：${bookedEntities.join('、') || '无'}），或到其账务所在系统报销`,
          ],
        ),
      ];
}

type DetailOf = (field: string, code: ClaimFindingCode, severity?: ClaimFinding['severity']) => FindingDetail;

function lineFindings(
  input: ClaimCheckInput,
  line: ExpenseLine,
  lineNumber: number,
  baseAmount: string | undefined,
): ClaimFinding[] {
  const detail: DetailOf = (field, code, severity = 'return') => ({
    line: lineNumber,
    field: `claim.lines[${lineNumber - 1}].${field}`,
    code,
    severity,
  });
  const limit = input.limits.get(line.category);
  return [
    ...amountFindings(line, baseAmount, detail),
    ...(limit === undefined ? [categoryFinding(line, detail)] : []),
    ...dateFindings(input, line, limit, detail),
  ];
}

function categoryFinding({ category }: ExpenseLine, detail: DetailOf): ClaimFinding {
  return finding(
    detail('category', 'not-claimable'),
    [`"${category}" is nothing that you may claim`, 'take the line off, or ask accounting for the right category'],
    [`您不可报销“${category}”`, '请删除该行，或向财务询问正确的类别'],
  );
}

/** At most one: the others follow from it. */
function amountFindings(
  { amount, currency, date }: ExpenseLine,
  baseAmount: string | undefined,
  detail: DetailOf,
): ClaimFinding[] {
  if (!isRoundedToCurrency(amount, currency)) {
    return [unroundedFinding(detail('amount', 'amount-not-rounded'), amount, currency)];
  }
  if (compare(baseAmount ?? amount, '0') <= 0) {
    return [
      finding(
        detail('amount', 'amount-not-positive'),
        [`${amount} ${currency} is worth nothing`, 'claim what was spent, more than zero'],
        [`${amount} ${currency} 不足最小金额`, '请填写大于零的实际支出'],
      ),
    ];
  }
  return baseAmount !== undefined
    ? []
    : [
        finding(
          detail('currency', 'no-rate'),
          [`the ERP has no rate of ${currency} for ${date}`, 'ask accounting to enter it, and send the claim again'],
          [`ERP 中没有 ${currency} 在 ${date} 的汇率`, '请财务录入汇率后重新提交'],
        ),
      ];
}

/** At most one: the others follow from it. What may not be claimed at all has no age that is too much. */
function dateFindings(
  { today }: ClaimCheckInput,
  { date }: ExpenseLine,
  limit: ExpenseLimit | undefined,
  detail: DetailOf,
): ClaimFinding[] {
  if (date > today) {
    return [futureFinding(detail('date', 'date-in-future'), date)];
  }
  const tooOld = limit && ageFinding(detail('date', 'too-old'), date, { today, maxAgeDays: limit.maxAgeDays });
  if (tooOld !== undefined) {
    return [tooOld];
  }
  return date.slice(0, 4) === today.slice(0, 4)
    ? []
    : [
        finding(
          detail('date', 'earlier-year', 'review'),
          [`${date} lies in an earlier year than the posting`, 'accounting judges whether it may go into this year'],
          [`${date} 属于以前年度`, '由财务判断能否计入本年'],
        ),
      ];
}
