/** Budgets of the ERP in memory: of calendar years, charged by what its orders and invoices say. */
import type { Budget, PurchaseOrder, SupplierInvoice } from '../../functions/connectors/erp/port.ts';
import { type Money, multiply, roundToCurrency, subtract, sum } from '../../functions/money/money.ts';
import { COMPANY_CURRENCY, COST_CENTRES } from '../../local/tryton/company-data.ts';

export interface ChargedOrder {
  readonly order: PurchaseOrder;
  readonly costCentre: string;
  readonly orderDate: string;
}

/** What the company is charged by. */
export interface Books {
  readonly orders: readonly ChargedOrder[];
  readonly invoices: readonly SupplierInvoice[];
  readonly rateOf: (currency: string) => string;
}

/** The company began then. */
const SINCE = 2026;

/** @param year - four digits */
export function budgetIn({ orders, invoices, rateOf }: Books, costCentre: string, year: string): Budget | undefined {
  const yearly = COST_CENTRES.find(({ code }) => code === costCentre)?.yearly;
  if (yearly === undefined || Number(year) < SINCE) {
    return undefined;
  }
  const inBase = (amount: string, currency: string) => multiply(amount, rateOf(currency));
  const charged = orders.filter((one) => one.costCentre === costCentre);
  const standing = invoices.filter(
    ({ state, orderNumber }) => state !== 'cancelled' && charged.some(({ order }) => order.orderNumber === orderNumber),
  );
  const committed = charged
    .filter(({ order, orderDate }) => order.state === 'confirmed' && orderDate.startsWith(year))
    .map(({ order: { orderNumber, total, currency } }) => {
      const invoiced = standing.filter((invoice) => invoice.orderNumber === orderNumber);
      return inBase(subtract(total, sum(invoiced.map((invoice) => netOf(invoice)))), currency);
    });
  const used = standing
    .filter(({ invoiceDate }) => invoiceDate.startsWith(year))
    .map((invoice) => inBase(netOf(invoice), invoice.currency));
  return {
    from: `${year}-01-01`,
    to: `${year}-12-31`,
    budgeted: base(yearly),
    used: base(sum(used)),
    committed: base(sum(committed)),
  };
}

function netOf({ lines }: SupplierInvoice): string {
  return sum(lines.map(({ amount }) => amount));
}

function base(amount: string): Money {
  return { amount: roundToCurrency(amount, COMPANY_CURRENCY), currency: COMPANY_CURRENCY };
}
