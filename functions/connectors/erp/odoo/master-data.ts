/** Suppliers, products with stock and agreed prices, and rates. */
import * as z from 'zod';
import { compare, divide } from '../../../money/money.ts';
import type { ProductFacts, Supplier } from '../port.ts';
import type { OdooCompany } from './company.ts';
import type { OdooSession } from './session.ts';
import { dateField, numberField, referenceField, requiredReferenceField, textField } from './wire.ts';

/** Digits of a rate after the point: fewer than those of Odoo's doubles, whose last ones are noise. */
const RATE_DIGITS = 12;

const supplierShape = z.object({ id: z.int(), ref: textField, name: textField });

export async function findSupplier(odoo: OdooSession, code: string): Promise<Supplier | undefined> {
  const [found] = await odoo.find('res.partner', [['ref', '=', code]], supplierShape, ['ref', 'name']);
  return found === undefined ? undefined : { code: found.ref, name: found.name };
}

const productShape = z.object({
  id: z.int(),
  default_code: z.string(),
  name: z.string(),
  product_tmpl_id: requiredReferenceField,
  uom_id: requiredReferenceField,
  categ_id: referenceField,
  qty_available: numberField,
});
type Product = z.infer<typeof productShape>;

/** Products that can be purchased, by their codes; of several with one code the oldest. */
export async function findPurchasable(
  odoo: OdooSession,
  codes: readonly string[],
): Promise<ReadonlyMap<string, Product>> {
  const rows = await odoo.find(
    'product.product',
    [
      ['default_code', 'in', [...new Set(codes)]],
      ['purchase_ok', '=', true],
    ],
    productShape,
    ['default_code', 'name', 'product_tmpl_id', 'uom_id', 'categ_id', 'qty_available'],
  );
  return new Map([...rows].reverse().map((row) => [row.default_code, row]));
}

const priceShape = z.object({
  id: z.int(),
  product_tmpl_id: requiredReferenceField,
  product_id: referenceField,
  /** For one of the product's own unit, whatever unit the supplier sells in. */
  price_discounted: numberField,
  currency_id: requiredReferenceField,
  min_qty: numberField,
  date_start: dateField,
  date_end: dateField,
});
type Price = z.infer<typeof priceShape>;

/** @param today - decides which agreed prices hold */
export async function findProducts(
  odoo: OdooSession,
  codes: readonly string[],
  supplierCode: string,
  today: string,
): Promise<readonly ProductFacts[]> {
  const products = await findPurchasable(odoo, codes);
  const templates = [...products.values()].map(({ product_tmpl_id }) => product_tmpl_id.id);
  const prices = await odoo.find(
    'product.supplierinfo',
    [
      ['partner_id.ref', '=', supplierCode],
      ['product_tmpl_id', 'in', templates],
    ],
    priceShape,
    [...['product_tmpl_id', 'product_id', 'price_discounted', 'currency_id', 'min_qty'], ...['date_start', 'date_end']],
  );
  const valid = prices.filter((price) => isAgreedForOne(price, today));
  return codes.flatMap((code) => {
    const product = products.get(code);
    return product === undefined ? [] : [factsOf(product, valid)];
  });
}

function isAgreedForOne({ min_qty, date_start, date_end }: Price, today: string): boolean {
  return compare(min_qty, '1') <= 0 && (date_start ?? today) <= today && (date_end ?? today) >= today;
}

function factsOf(product: Product, prices: readonly Price[]): ProductFacts {
  const own = prices
    .filter((price) => price.product_tmpl_id.id === product.product_tmpl_id.id)
    .sort((one, other) => compare(other.min_qty, one.min_qty));
  const agreed =
    own.find(({ product_id }) => product_id?.id === product.id) ??
    own.find(({ product_id }) => product_id === undefined);
  return {
    code: product.default_code,
    name: product.name,
    unit: product.uom_id.name,
    ...(product.categ_id === undefined ? {} : { categories: product.categ_id.name.split(' / ').sort() }),
    onHand: product.qty_available,
    ...(agreed === undefined
      ? {}
      : { supplierPrice: { amount: agreed.price_discounted, currency: agreed.currency_id.name } }),
  };
}

const rateShape = z.object({ id: z.int(), name: z.iso.date(), inverse_company_rate: z.number().positive() });

/** The last rate that was entered for the day or before it. */
export async function exchangeRate(
  odoo: OdooSession,
  company: OdooCompany,
  currency: string,
  on: string,
): Promise<string | undefined> {
  if (currency === company.currency) {
    return '1';
  }
  const rates = await odoo.find(
    'res.currency.rate',
    [
      ['currency_id.name', '=', currency],
      ['name', '<=', on],
    ],
    rateShape,
    ['name', 'inverse_company_rate'],
  );
  const [last] = [...rates].sort((one, other) => (one.name < other.name ? 1 : -1));
  return last === undefined ? undefined : divide(String(last.inverse_company_rate), '1', RATE_DIGITS);
}
