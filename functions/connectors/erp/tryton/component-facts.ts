/** What hangs on a product that goes into others: its stock, its open orders, and what is made of it. */
import * as z from 'zod';
import { add, multiply, roundToCurrency, sum } from '../../../money/money.ts';
import { ConnectorPermanentError } from '../../../runtime/errors.ts';
import type { ComponentFacts } from '../engineering-port.ts';
import { LINK } from './bills.ts';
import type { TrytonCompany } from './company.ts';
import { exchangeRate } from './master-data.ts';
import type { TrytonSession } from './session.ts';
import { numberField, textField } from './wire.ts';

const productShape = z.object({
  code: textField,
  name: textField,
  quantity: numberField,
  cost_price: numberField.nullable(),
  'default_uom.': z.object({ name: textField }),
});
type Product = z.infer<typeof productShape>;

const code = z.object({ code: textField });
const moveShape = z.object({
  quantity: numberField,
  internal_quantity: numberField,
  unit_price: numberField.nullable(),
  'product.': code,
  'currency.': code.nullable(),
});
type Move = z.infer<typeof moveShape>;

const inputShape = z.object({ bom: z.int(), 'product.': code.nullable() });
const useShape = z.object({ bom: z.int(), 'product.': code });

/** In the order asked for. */
export async function componentFacts(
  tryton: TrytonSession,
  company: TrytonCompany,
  codes: readonly string[],
  on: string,
): Promise<readonly ComponentFacts[]> {
  const products = await tryton.find(
    'product.product',
    [['code', 'in', codes]],
    productShape,
    ['code', 'name', 'quantity', 'cost_price', 'default_uom.name'],
    { locations: [company.warehouseId] },
  );
  const moves = await openMoves(tryton, codes);
  const rates = await ratesOf(tryton, company, moves, on);
  const uses = await usesOf(tryton, codes);
  return codes.flatMap((asked) => {
    const product = products.find((one) => one.code === asked);
    const own = moves.filter((move) => move['product.'].code === asked);
    return product === undefined ? [] : [factsOf(product, own, rates, uses.get(asked) ?? [], company.currency)];
  });
}

function factsOf(
  product: Product,
  moves: readonly Move[],
  rates: ReadonlyMap<string, string>,
  usedIn: readonly string[],
  currency: string,
): ComponentFacts {
  const money = (amount: string) => ({ amount: roundToCurrency(amount, currency), currency });
  const worthOf = ({ quantity, unit_price: price, 'currency.': of }: Move) =>
    multiply(multiply(quantity, price ?? '0'), rates.get(of?.code ?? currency) ?? '1');
  return {
    productCode: product.code,
    name: product.name,
    unit: product['default_uom.'].name,
    onHand: product.quantity,
    stockValue: money(multiply(product.quantity, product.cost_price ?? '0')),
    onOrder: sum(moves.map((move) => move.internal_quantity)),
    orderValue: money(moves.reduce((total, move) => add(total, worthOf(move)), '0')),
    usedIn,
  };
}

/** What suppliers have still to deliver: an order that is confirmed has a move for it. */
function openMoves(tryton: TrytonSession, codes: readonly string[]): Promise<readonly Move[]> {
  return tryton.find(
    'stock.move',
    [
      ['product.code', 'in', codes],
      ['from_location.type', '=', 'supplier'],
      ['state', 'in', ['draft', 'assigned']],
    ],
    moveShape,
    ['quantity', 'internal_quantity', 'unit_price', 'product.code', 'currency.code'],
  );
}

/** @throws ConnectorPermanentError where nobody entered one: a value without it would look as if nothing hung on it. */
async function ratesOf(
  tryton: TrytonSession,
  company: TrytonCompany,
  moves: readonly Move[],
  on: string,
): Promise<ReadonlyMap<string, string>> {
  const currencies = new Set(moves.flatMap((move) => move['currency.']?.code ?? []));
  const rates = new Map<string, string>();
  for (const currency of currencies) {
    const rate = await exchangeRate(tryton, company, currency, on);
    if (rate === undefined) {
      throw new ConnectorPermanentError(`Tryton has no exchange rate of ${currency} for ${on}: enter it there`);
    }
    rates.set(currency, rate);
  }
  return rates;
}

/** By code, the products that a bill is in force or in reserve for which it stands on. */
async function usesOf(
  tryton: TrytonSession,
  codes: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const inputs = await tryton.find('production.bom.input', [['product.code', 'in', codes]], inputShape, [
    'bom',
    'product.code',
  ]);
  const boms = [...new Set(inputs.map(({ bom }) => bom))];
  const uses = await tryton.find(LINK, [['bom', 'in', boms]], useShape, ['bom', 'product.code']);
  const usedIn = (asked: string) => {
    const own = new Set(inputs.filter((input) => input['product.']?.code === asked).map(({ bom }) => bom));
    return [...new Set(uses.filter(({ bom }) => own.has(bom)).map((use) => use['product.'].code))].sort();
  };
  return new Map(codes.map((asked) => [asked, usedIn(asked)]));
}
