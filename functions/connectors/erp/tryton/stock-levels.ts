/** What reorder points say now: the stock of their warehouses, in the units that the products are bought in. */
import * as z from 'zod';
import { compare } from '../../../money/money.ts';
import type { StockLevel } from '../stock-port.ts';
import { type Category, categoriesOf, codesFor, inUnit } from './master-data.ts';
import type { ReorderPoint } from './reorder-points.ts';
import type { TrytonSession } from './session.ts';
import { numberField, textField } from './wire.ts';

const productShape = z.object({
  id: z.int(),
  name: z.string(),
  template: z.int(),
  quantity: numberField,
  forecast_quantity: numberField,
  'default_uom.': z.object({ factor: numberField }),
  'purchase_uom.': z.object({ name: z.string(), factor: numberField, rounding: numberField }),
});
type Product = z.infer<typeof productShape>;
const PRODUCT_FIELDS = [
  'name',
  'template',
  'quantity',
  'forecast_quantity',
  'default_uom.factor',
  'purchase_uom.name',
  'purchase_uom.factor',
  'purchase_uom.rounding',
];

const supplierShape = z.object({
  id: z.int(),
  product: z.int().nullable(),
  template: z.int().nullable(),
  sequence: z.int().nullable(),
  'party.': z.object({ code: textField }),
});
type ProductSupplier = z.infer<typeof supplierShape>;

/** In the order of the points. */
export async function levelsOf(tryton: TrytonSession, points: readonly ReorderPoint[]): Promise<readonly StockLevel[]> {
  const stocks = new Map<number, readonly Product[]>();
  for (const location of new Set(points.map((point) => point.location))) {
    const ids = points.filter((point) => point.location === location).map(({ product }) => product);
    const context = { locations: [location] };
    stocks.set(
      location,
      await tryton.find('product.product', [['id', 'in', ids]], productShape, PRODUCT_FIELDS, context),
    );
  }
  const products = [...stocks.values()].flat();
  const suppliers = await suppliersOf(tryton, products);
  const categories = await categoriesOf(tryton, products);
  return points.flatMap((point) => {
    const product = stocks.get(point.location)?.find(({ id }) => id === point.product);
    return product === undefined ? [] : [levelOf(point, product, suppliers, categories)];
  });
}

export function isShort({ forecast, minimum }: StockLevel): boolean {
  return compare(forecast, minimum) < 0;
}

/** As Tryton chooses: those of the product itself before those of its template, each in their sequence. */
async function suppliersOf(tryton: TrytonSession, products: readonly Product[]): Promise<readonly ProductSupplier[]> {
  const found = await tryton.find(
    'purchase.product_supplier',
    [
      'OR',
      ['product', 'in', products.map(({ id }) => id)],
      ['template', 'in', products.map(({ template }) => template)],
    ],
    supplierShape,
    ['product', 'template', 'sequence', 'party.code'],
  );
  const placeOf = ({ sequence }: ProductSupplier) => sequence ?? Number.NEGATIVE_INFINITY;
  return found.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : Number(placeOf(one) > placeOf(other))));
}

function levelOf(
  point: ReorderPoint,
  product: Product,
  suppliers: readonly ProductSupplier[],
  categories: readonly Category[],
): StockLevel {
  const { 'default_uom.': stockUnit, 'purchase_uom.': unit } = product;
  const inPurchaseUnit = (quantity: string) => inUnit(quantity, stockUnit, unit);
  const supplier =
    suppliers.find((one) => one.product === product.id) ??
    suppliers.find((one) => one.product === null && one.template === product.template);
  return {
    productCode: point['product.'].code,
    warehouse: point['location.'].code,
    productName: product.name,
    unit: unit.name,
    step: unit.rounding,
    categories: codesFor(product, categories),
    onHand: inPurchaseUnit(product.quantity),
    forecast: inPurchaseUnit(product.forecast_quantity),
    minimum: inPurchaseUnit(point.min_quantity),
    target: inPurchaseUnit(point.target_quantity),
    ...(supplier === undefined ? {} : { supplierCode: supplier['party.'].code }),
  };
}
