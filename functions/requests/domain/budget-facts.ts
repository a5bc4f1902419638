/** The budget that is charged, beside what is asked for. Pure. */
import type { BudgetFacts } from '../../approvals/domain/decision-facts.ts';
import type { Budget } from '../../connectors/erp/port.ts';
import { type Money, roundToCurrency, subtract, sum } from '../../money/money.ts';

/**
 * What would be left is told where the budget is of the same currency as what is asked for.
 * @param budget - undefined: the ERP has none
 * @param asked - in the company's currency
 */
export function budgetBeside(budget: Budget | undefined, asked: Money): { readonly budget?: BudgetFacts } {
  if (budget === undefined) {
    return {};
  }
  const { from, to, budgeted, used, committed } = budget;
  const { currency } = budgeted;
  const spent = [used.amount, committed?.amount ?? '0', asked.amount];
  return {
    budget: {
      from,
      to,
      currency,
      budgeted: budgeted.amount,
      used: used.amount,
      ...(committed === undefined ? {} : { committed: committed.amount }),
      ...(currency === asked.currency
        ? { leftAfter: roundToCurrency(subtract(budgeted.amount, sum(spent)), currency) }
        : {}),
    },
  };
}
