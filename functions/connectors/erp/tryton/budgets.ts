/**
 * Budgets of cost centres (modules `analytic_budget` and `analytic_purchase`). Tryton counts credit less debit, so what may
 * be spent is entered as a negative amount there; it is positive here.
 */
import * as z from 'zod';
import { compare, convert, type Money, multiply, roundToCurrency, subtract, sum } from '../../../money/money.ts';
import type { Budget } from '../port.ts';
import type { TrytonCompany } from './company.ts';
import { findCostCentre } from './cost-centres.ts';
import { exchangeRate } from './master-data.ts';
import type { TrytonSession } from './session.ts';
import { date, dateField, numberField, referenceTo } from './wire.ts';

const budgetLineShape = z.object({
  amount: numberField.nullable(),
  total_amount: numberField,
  actual_amount: numberField,
  'currency.': z.object({ code: z.string() }),
  'budget.': z.object({ start_date: dateField, end_date: dateField }),
});

export async function readBudget(
  tryton: TrytonSession,
  company: TrytonCompany,
  costCentre: string,
  on: string,
): Promise<Budget | undefined> {
  const account = company.hasBudgets ? await findCostCentre(tryton, company, costCentre) : undefined;
  if (account === undefined) {
    return undefined;
  }
  const lines = await tryton.find(
    'analytic_account.budget.line',
    [
      ['account', '=', account.id],
      ['budget.company', '=', company.companyId],
      ['budget.start_date', '<=', date(on)],
      ['budget.end_date', '>=', date(on)],
    ],
    budgetLineShape,
    ['amount', 'total_amount', 'actual_amount', 'currency.code', 'budget.start_date', 'budget.end_date'],
  );
  // Where a year and a quarter of it have budgets of their own, the quarter is what is looked at now.
  const [line] = lines
    .filter(isFilledIn)
    .toSorted((one, other) => (one['budget.'].start_date < other['budget.'].start_date ? 1 : -1));
  if (line === undefined) {
    return undefined;
  }
  const { start_date: from, end_date: to } = line['budget.'];
  const currency = line['currency.'].code;
  const spendable = (amount: string): Money => ({
    amount: roundToCurrency(multiply(amount, '-1'), currency),
    currency,
  });
  const onOrder = await committed(tryton, company, account.id, { from, to, on });
  return {
    from,
    to,
    budgeted: spendable(line.total_amount),
    used: spendable(line.actual_amount),
    ...(onOrder === undefined ? {} : { committed: onOrder }),
  };
}

/** Tryton makes a line for each account, and its clerk fills in those that have a budget. */
function isFilledIn({ amount, total_amount: total }: z.infer<typeof budgetLineShape>): boolean {
  return amount !== null || compare(total, '0') !== 0;
}

const orderLineShape = z.object({
  id: z.int(),
  amount: numberField,
  'purchase.': z.object({ 'currency.': z.object({ code: z.string() }) }),
});
const invoiceLineShape = z.object({ origin: referenceTo('purchase.line'), amount: numberField });

/**
 * What was ordered within the period and not invoiced yet, of orders that are still open; at the rates of `on`. Undefined:
 * there is none for one of the currencies, which is no reason to hold up a purchase in another.
 */
async function committed(
  tryton: TrytonSession,
  company: TrytonCompany,
  accountId: number,
  { from, to, on }: { readonly from: string; readonly to: string; readonly on: string },
): Promise<Money | undefined> {
  const lines = await tryton.find(
    'purchase.line',
    [
      ['type', '=', 'line'],
      ['analytic_accounts.account', '=', accountId],
      ['purchase.company', '=', company.companyId],
      ['purchase.state', 'in', ['confirmed', 'processing']],
      ['purchase.purchase_date', '>=', date(from)],
      ['purchase.purchase_date', '<=', date(to)],
    ],
    orderLineShape,
    ['amount', 'purchase.currency.code'],
  );
  const invoiced = lines.length === 0 ? [] : await invoicedLines(tryton, lines);
  const open = lines.map(
    ({
      id,
      amount,
      'purchase.': {
        'currency.': { code },
      },
    }) => ({
      currency: code,
      amount: notBelowZero(
        subtract(amount, sum(invoiced.filter(({ origin }) => origin === id).map((line) => line.amount))),
      ),
    }),
  );
  const currencies = [...new Set(open.map(({ currency }) => currency))];
  const sums = await Promise.all(
    currencies.map(async (currency) => {
      const rate = await exchangeRate(tryton, company, currency, on);
      const amount = sum(open.filter((line) => line.currency === currency).map((line) => line.amount));
      return rate === undefined ? undefined : convert({ amount, currency }, rate, company.currency).amount;
    }),
  );
  const known = sums.filter((amount) => amount !== undefined);
  return known.length < sums.length
    ? undefined
    : { amount: roundToCurrency(sum(known), company.currency), currency: company.currency };
}

/** An invoice is among what is used from its validation on, which makes its move. */
function invoicedLines(tryton: TrytonSession, lines: readonly { readonly id: number }[]) {
  return tryton.find(
    'account.invoice.line',
    [
      ['origin.id', 'in', lines.map(({ id }) => id), 'purchase.line'],
      ['invoice.state', 'in', ['validated', 'posted', 'paid']],
    ],
    invoiceLineShape,
    ['origin', 'amount'],
  );
}

function notBelowZero(amount: string): string {
  return compare(amount, '0') < 0 ? '0' : amount;
}
