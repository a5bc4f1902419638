/** What the people of a history ask for. */
import { add, multiply, roundToCurrency } from '../../functions/money/money.ts';
import type { Chance } from './chance.ts';

interface Product {
  readonly code: string;
  readonly unitPrice: string;
  readonly most: number;
}

const PRODUCTS: readonly [Product, ...Product[]] = [
  { code: 'P-1001', unitPrice: '680.00', most: 12 },
  { code: 'P-1002', unitPrice: '128.00', most: 40 },
  { code: 'P-2001', unitPrice: '6200.00', most: 14 },
  { code: 'P-2002', unitPrice: '1450.00', most: 10 },
  { code: 'P-3001', unitPrice: '327.60', most: 60 },
];

export interface BoughtLine {
  readonly productCode: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly amount: string;
}

/** One to three products. Small quantities are more common than large ones. */
export function basket(chance: Chance): { readonly lines: readonly BoughtLine[]; readonly total: string } {
  const lines = Array.from({ length: chance.whole(1, 3) }, () => {
    const { code, unitPrice, most } = chance.pick(PRODUCTS);
    const quantity = String(Math.max(1, Math.round(most * chance.next() ** 2.5)));
    return { productCode: code, quantity, unitPrice, amount: multiply(quantity, unitPrice) };
  });
  return { lines, total: totalOf(lines) };
}

/** Whole amounts of the company's currency. */
interface Expense {
  readonly category: string;
  readonly least: number;
  readonly most: number;
}

const EXPENSES: readonly [Expense, ...Expense[]] = [
  { category: 'meals', least: 60, most: 600 },
  { category: 'transport', least: 20, most: 280 },
  { category: 'hotel', least: 400, most: 2400 },
  { category: 'training', least: 900, most: 9000 },
];

export interface SpentLine {
  readonly category: string;
  readonly amount: string;
}

/** One to four expenses. */
export function expenses(chance: Chance): { readonly lines: readonly SpentLine[]; readonly total: string } {
  const lines = Array.from({ length: chance.whole(1, 4) }, () => {
    const { category, least, most } = chance.pick(EXPENSES);
    return { category, amount: `${chance.whole(least, most)}.00` };
  });
  return { lines, total: totalOf(lines) };
}

function totalOf(lines: readonly { readonly amount: string }[]): string {
  return roundToCurrency(
    lines.reduce((total, { amount }) => add(total, amount), '0'),
    'CNY',
  );
}
