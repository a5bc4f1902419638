/** Purchases of one requester from one supplier that are judged as one, so that nobody stays below a limit by asking in pieces. Pure. */
import { compare } from '../../money/money.ts';
import type { ApprovalPlan } from './plan.ts';

/** Purchases that are judged as one. */
export interface Together {
  /** Company currency: this purchase and the others. */
  readonly amount: string;
  readonly limit: string;
  readonly windowDays: number;
  /** The others, oldest first. */
  readonly processIds: readonly string[];
}

/** As it stands in the record. `currency`: the company's. */
export function splitFacts({ amount, limit, windowDays, processIds }: Together, currency: string) {
  return {
    splitAmount: amount,
    splitCurrency: currency,
    splitLimit: limit,
    splitWindowDays: windowDays,
    splitWith: [...processIds],
  };
}

const NOTE = { en: 'With other purchases from the supplier', zh: '与该供应商其他采购合计' };

/** The plan for the amount of all of them: whoever is asked must see why they are asked about a small one. */
export function judgedAs(plan: ApprovalPlan, { amount, limit, windowDays, processIds }: Together): ApprovalPlan {
  const { document } = plan;
  const value = `${amount} ${document.baseCurrency} (> ${limit} ${document.baseCurrency}, ${windowDays} d): ${processIds.join(', ')}`;
  const others = document.notes.filter(({ label }) => label.en !== NOTE.en);
  return { ...plan, amount, document: { ...document, notes: [...others, { label: NOTE, value }] } };
}

/** Whether the purchases come to more than what the question was asked for. */
export function isMoreThanAsked({ amount }: ApprovalPlan, together: Together | undefined): together is Together {
  return together !== undefined && compare(together.amount, amount) > 0;
}
