/** What a claim has of the limits of its employee's grade, beside what other claims have of them. Pure. */
import type { ExpenseClaim, ExpenseLine } from '../../events/expense-claim-submitted.ts';
import { compare, multiply, subtract, sum } from '../../money/money.ts';
import type { ExpenseLimit } from '../../policy/port.ts';
import type { Journey } from './check-journeys.ts';
import { type ClaimedUse, usesOf } from './claimed-use.ts';
import { type ClaimFinding, type ClaimFindingCode, finding } from './finding.ts';

export interface LimitCheckInput {
  readonly claim: Pick<ExpenseClaim, 'lines'>;
  /** By category, for the employee's grade; what nobody of it may claim is missing. */
  readonly limits: ReadonlyMap<string, ExpenseLimit>;
  /** Approved ones of the employee, by the OA's number. */
  readonly journeys: ReadonlyMap<string, Journey>;
  /** What other claims of the employee have, of these days and journeys at least. */
  readonly others: readonly ClaimedUse[];
  /** The company's own. */
  readonly currency: string;
}

/**
 * What is claimed of one category for one day counts together, in however many lines and claims: nobody comes below a limit
 * by splitting. The units are those of the line that has most.
 * @param amounts - of the lines in the company's currency, by number from 1
 */
export function limitFindings(input: LimitCheckInput, amounts: ReadonlyMap<number, string>): readonly ClaimFinding[] {
  const { claim, limits, others } = input;
  const own = usesOf(claim, amounts);
  const days = claim.lines.flatMap(({ category, date }, index) => {
    const limit = limits.get(category);
    const isOf = (one: Pick<ExpenseLine, 'category' | 'date'>) => one.category === category && one.date === date;
    return limit === undefined || claim.lines.findIndex(isOf) !== index
      ? []
      : dayFindings(index, { own: own.filter(isOf), others: others.filter(isOf), limit, currency: input.currency });
  });
  return [...days, ...unitFindings(input)];
}

function at(index: number, field: string, code: ClaimFindingCode, severity: ClaimFinding['severity']) {
  return { line: index + 1, field: `claim.lines[${index}].${field}`, code, severity };
}

function dayFindings(
  first: number,
  {
    own,
    others,
    limit: { perUnit, receiptAbove, overLimit },
    currency,
  }: {
    readonly own: readonly ClaimedUse[];
    readonly others: readonly ClaimedUse[];
    readonly limit: ExpenseLimit;
    readonly currency: string;
  },
): readonly ClaimFinding[] {
  const all = [...own, ...others];
  const units = Math.max(...all.map((use) => use.units));
  const most = multiply(perUnit, String(units));
  const claimed = sum(all.map((use) => use.claimed));
  const claimedElsewhere = sum(others.map((use) => use.claimed));
  const left = compare(most, claimedElsewhere) > 0 ? subtract(most, claimedElsewhere) : '0';
  const unproved = sum(all.map((use) => use.unproved));
  const unprovedHere = sum(own.map((use) => use.unproved));
  const inOthers = elsewhere(claimedElsewhere, currency);
  const unprovedInOthers = elsewhere(subtract(unproved, unprovedHere), currency);
  return [
    ...(compare(claimed, most) <= 0
      ? []
      : [
          finding(
            at(first, 'amount', 'over-limit', overLimit),
            [
              `${claimed} ${currency} is claimed of this kind for this day${inOthers.en} and ${most} is the most for ${units}`,
              `claim ${left} or less`,
            ],
            [
              `当日同类支出共 ${claimed} ${currency}${inOthers.zh}，${units} 个单位的上限为 ${most}`,
              `请报销不超过 ${left}`,
            ],
          ),
        ]),
    // What other claims lack is no fault of one that has all its receipts.
    ...(compare(unprovedHere, '0') <= 0 || compare(unproved, receiptAbove) <= 0
      ? []
      : [
          finding(
            at(first, 'receiptIds', 'receipt-missing', 'return'),
            [
              `${unproved} ${currency} of this day has no receipt${unprovedInOthers.en} and above ${receiptAbove} it needs one`,
              'add the receipt',
            ],
            [
              `当日 ${unproved} ${currency}${unprovedInOthers.zh} 未附票据，超过 ${receiptAbove} 须附票据`,
              '请补充票据',
            ],
          ),
        ]),
  ];
}

/** How much of it stands in other claims, where something does. */
function elsewhere(amount: string, currency: string) {
  return compare(amount, '0') > 0
    ? { en: `, ${amount} ${currency} of it in other claims,`, zh: `（其中其他报销单 ${amount} ${currency}）` }
    : { en: ',', zh: '' };
}

/** A limit is per unit: without a bound of the units it would be none. */
function unitFindings(input: Omit<LimitCheckInput, 'currency'>): readonly ClaimFinding[] {
  const { claim, limits } = input;
  return claim.lines.flatMap(({ category, units }, index) => {
    const limit = limits.get(category);
    if (limit === undefined) {
      return [];
    }
    return units > limit.mostUnits
      ? [unitsFinding(at(index, 'units', 'too-many-units', limit.overLimit), units, limit.mostUnits, 'of this kind')]
      : journeyFindings(input, index, limit);
  });
}

/** Of the units, what follows from the journeys alone. */
export function journeyUnitFindings(input: Omit<LimitCheckInput, 'currency'>): readonly ClaimFinding[] {
  return input.claim.lines.flatMap(({ category }, index) => {
    const limit = input.limits.get(category);
    return limit === undefined ? [] : journeyFindings(input, index, limit);
  });
}

/** Told at the first line of the journey and category: days and nights of all its lines, and of other claims, come to no more than it has. */
function journeyFindings(
  { claim, journeys, others }: Omit<LimitCheckInput, 'currency'>,
  index: number,
  { unit, overLimit }: ExpenseLimit,
): readonly ClaimFinding[] {
  const { category, journey: named } = claim.lines[index] ?? {};
  const isOf = (one: { readonly category: string; readonly journey?: string | undefined }) =>
    one.category === category && one.journey === named;
  const journey = named === undefined ? undefined : journeys.get(named);
  if (journey === undefined || (unit !== 'day' && unit !== 'night') || claim.lines.findIndex(isOf) !== index) {
    return [];
  }
  const days = Math.round((Date.parse(journey.to) - Date.parse(journey.from)) / 86_400_000) + 1;
  const most = unit === 'day' ? days : days - 1;
  const byDate = new Map<string, number>();
  for (const { date, units } of [...claim.lines, ...others].filter(isOf)) {
    byDate.set(date, Math.max(byDate.get(date) ?? 0, units));
  }
  const units = [...byDate.values()].reduce((total, one) => total + one, 0);
  return units <= most
    ? []
    : [unitsFinding(at(index, 'units', 'too-many-units', overLimit), units, most, `of the journey ${named}`)];
}

function unitsFinding(detail: ReturnType<typeof at>, units: number, most: number, what: string): ClaimFinding {
  return finding(
    detail,
    [`${units} are claimed, and ${most} are the most ${what}`, `write the number that the expense was for`],
    [`共申报 ${units} 个单位，上限为 ${most}`, '请填写实际的天数、晚数或人数'],
  );
}
