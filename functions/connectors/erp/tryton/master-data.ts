/** Suppliers, products with stock and agreed prices, and rates. */
import * as z from 'zod';
import { compare, divide, multiply } from '../../../money/money.ts';
import type { ProductFacts, Supplier } from '../port.ts';
import type { TrytonCompany } from './company.ts';
import type { TrytonSession } from './session.ts';
import { date, numberField, textField } from './wire.ts';

/** Digits of a rate after the point: enough for one unit of the smallest currencies. */
const RATE_DIGITS = 12;
const QUANTITY_DIGITS = 6;

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
  'default_uom.': z.object({ factor: numberField }),
  'purchase_uom.': z.object({ name: z.string(), factor: numberField }),
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
type Product = z.infer<typeof productShape>;
type Price = z.infer<typeof priceShape>;

export async function findProducts(
  tryton: TrytonSession,
  company: TrytonCompany,
  codes: readonly string[],
  supplierCode: string,
): Promise<readonly ProductFacts[]> {
  const products = await tryton.find(
    'product.product',
    [
      ['code', 'in', codes],
      ['purchasable', '=', true],
    ],
    productShape,
    ['code', 'name', 'template', 'quantity', 'default_uom.factor', 'purchase_uom.name', 'purchase_uom.factor'],
    { locations: [company.warehouseId] },
  );
  const prices = await unitPrices(tryton, products, supplierCode);
  const categories = await categoriesOf(tryton, products);
  return codes.flatMap((code) => {
    const product = products.find((candidate) => candidate.code === code);
    return product === undefined ? [] : [{ ...factsOf(product, prices), ...inCategories(product, categories) }];
  });
}

/** Agreed prices for one unit, those of larger quantities first; what is agreed for more than one is left out. */
async function unitPrices(
  tryton: TrytonSession,
  products: readonly Product[],
  supplierCode: string,
): Promise<readonly Price[]> {
  const prices = await tryton.find(
    'purchase.product_supplier.price',
    [
      ['product_supplier.party.code', '=', supplierCode],
      [
        'OR',
        ['product_supplier.product', 'in', products.map(({ id }) => id)],
        ['product_supplier.template', 'in', products.map(({ template }) => template)],
      ],
    ],
    priceShape,
    [
      'unit_price',
      'quantity',
      'product_supplier.product',
      'product_supplier.template',
      'product_supplier.currency.code',
    ],
  );
  return prices
    .filter(({ quantity }) => compare(quantity, '1') <= 0)
    .sort((one, other) => compare(other.quantity, one.quantity));
}

const categoryShape = z.object({ code: z.string(), templates: z.array(z.int()) });
export type Category = z.infer<typeof categoryShape>;

/** Those that have a code: a name is translated, and anybody changes it. */
export function categoriesOf(
  tryton: TrytonSession,
  products: readonly Pick<Product, 'template'>[],
): Promise<readonly Category[]> {
  return tryton.find(
    'product.category',
    [
      ['templates', 'in', products.map(({ template }) => template)],
      ['code', '!=', null],
      ['code', '!=', ''],
    ],
    categoryShape,
    ['code', 'templates'],
  );
}

function inCategories(product: Product, categories: readonly Category[]): Pick<ProductFacts, 'categories'> {
  const codes = codesFor(product, categories);
  return codes.length === 0 ? {} : { categories: codes };
}

/** Codes of the categories that a product is in, in order. */
export function codesFor({ template }: Pick<Product, 'template'>, categories: readonly Category[]): readonly string[] {
  return categories
    .filter(({ templates }) => templates.includes(template))
    .map(({ code }) => code)
    .sort();
}

function factsOf(product: Product, prices: readonly Price[]): ProductFacts {
  const agreed =
    prices.find(({ 'product_supplier.': of }) => of.product === product.id) ??
    prices.find(({ 'product_supplier.': of }) => of.product === null && of.template === product.template);
  const { 'default_uom.': stockUnit, 'purchase_uom.': unit } = product;
  return {
    code: product.code,
    name: product.name,
    unit: unit.name,
    onHand: inUnit(product.quantity, stockUnit, unit),
    ...(agreed === undefined
      ? {}
      : { supplierPrice: { amount: agreed.unit_price, currency: agreed['product_supplier.']['currency.'].code } }),
  };
}

/** Tryton counts the stock in another unit than it buys in. */
export function inUnit(quantity: string, from: Unit, to: Unit): string {
  return divide(multiply(quantity, from.factor), to.factor, QUANTITY_DIGITS);
}

interface Unit {
  readonly factor: string;
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
  const rateOf = (code: string) => rates.find((rate) => rate.code === code)?.rate ?? '0';
  const theirs = rateOf(currency);
  const ours = rateOf(company.currency);
  const isMissing = compare(theirs, '0') === 0 || compare(ours, '0') === 0;
  return isMissing ? undefined : divide(ours, theirs, RATE_DIGITS);
}
