/** Suppliers, products with stock and agreed prices, and rates. */
import makeBig from 'big.js';
import * as z from 'zod';
import type { ProductFacts, Supplier } from '../port.ts';
import type { TrytonCompany } from './company.ts';
import type { TrytonSession } from './session.ts';
import { date, numberField, textField } from './wire.ts';

const Big = makeBig();
/** Digits of a rate after the point. */
Big.DP = 10;

const supplierShape = z.object({ code: textField, name: textField });

export async function findSupplier(tryton: TrytonSession, code: string): Promise<Supplier | undefined> {
  const [found] = await tryton.find('party.party', [['code', '=', code]], supplierShape, ['code', 'name']);
  return found;
}

const productShape = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  template: z.int(),
  quantity: numberField,
  'purchase_uom.': z.object({ name: z.string() }).nullable(),
});
const priceShape = z.object({
  unit_price: numberField,
  quantity: numberField,
  'product_supplier.': z.object({
    product: z.int().nullable(),
    template: z.int().nullable(),
    'currency.': z.object({ code: z.string() }),
  }),
});
type Price = z.infer<typeof priceShape>;

export async function findProducts(
  tryton: TrytonSession,
  company: TrytonCompany,
  codes: readonly string[],
  supplierCode: string,
  today: string,
): Promise<readonly ProductFacts[]> {
  const products = await tryton.find(
    'product.product',
    [
      ['code', 'in', codes],
      ['template.purchasable', '=', true],
    ],
    productShape,
    ['code', 'name', 'template', 'quantity', 'purchase_uom.name'],
    { locations: [company.warehouseId], stock_date_end: date(today) },
  );
  const prices = await tryton.find(
    'purchase.product_supplier.price',
    [['product_supplier.party.code', '=', supplierCode]],
    priceShape,
    [
      'unit_price',
      'quantity',
      'product_supplier.product',
      'product_supplier.template',
      'product_supplier.currency.code',
    ],
  );
  return codes.flatMap((code) => {
    const product = products.find((candidate) => candidate.code === code);
    return product === undefined ? [] : [factsOf(product, prices)];
  });
}

function factsOf(product: z.infer<typeof productShape>, prices: readonly Price[]): ProductFacts {
  const agreed = prices
    .filter(({ 'product_supplier.': of }) => of.product === product.id || of.template === product.template)
    .sort((one, other) => new Big(one.quantity).cmp(other.quantity))[0];
  return {
    code: product.code,
    name: product.name,
    unit: product['purchase_uom.']?.name ?? '',
    onHand: product.quantity,
    ...(agreed === undefined
      ? {}
      : { supplierPrice: { amount: agreed.unit_price, currency: agreed['product_supplier.']['currency.'].code } }),
  };
}

const rateShape = z.object({ code: z.string(), rate: numberField.nullable() });

/** Tryton's rates are units for one of a base currency, 0 where there is none. */
export async function exchangeRate(
  tryton: TrytonSession,
  company: TrytonCompany,
  currency: string,
  on: string,
): Promise<string | undefined> {
  if (currency === company.currency) {
    return '1';
  }
  const rates = await tryton.find(
    'currency.currency',
    [['code', 'in', [currency, company.currency]]],
    rateShape,
    ['code', 'rate'],
    { date: date(on) },
  );
  const rateOf = (code: string) => new Big(rates.find((rate) => rate.code === code)?.rate ?? '0');
  const theirs = rateOf(currency);
  const ours = rateOf(company.currency);
  return theirs.eq(0) || ours.eq(0) ? undefined : ours.div(theirs).toFixed();
}
