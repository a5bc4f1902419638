/** Rows of `stock.order_point` that buy. */
import * as z from 'zod';
import type { StockPlace } from '../stock-port.ts';
import type { Domain, TrytonSession } from './session.ts';
import { numberField, textField } from './wire.ts';

const pointShape = z.object({
  id: z.int(),
  product: z.int(),
  location: z.int(),
  min_quantity: numberField,
  target_quantity: numberField,
  'product.': z.object({ code: textField }),
  'location.': z.object({ code: textField }),
});
export type ReorderPoint = z.infer<typeof pointShape>;
const FIELDS = ['product', 'location', 'min_quantity', 'target_quantity', 'product.code', 'location.code'];

/** In the order of their ids; those whose product or warehouse has no code cannot be named, and are left out by Tryton. */
export function pointsAfter(
  tryton: TrytonSession,
  companyId: number,
  after: number,
  limit: number,
): Promise<readonly ReorderPoint[]> {
  return find(tryton, companyId, [['id', '>', after]], limit);
}

/** In the order asked for. */
export async function pointsAt(
  tryton: TrytonSession,
  companyId: number,
  places: readonly StockPlace[],
): Promise<readonly ReorderPoint[]> {
  const points = await find(tryton, companyId, [
    ['product.code', 'in', places.map(({ productCode }) => productCode)],
    ['location.code', 'in', places.map(({ warehouse }) => warehouse)],
  ]);
  return places.flatMap(({ productCode, warehouse }) =>
    points.filter((point) => point['product.'].code === productCode && point['location.'].code === warehouse),
  );
}

function find(
  tryton: TrytonSession,
  companyId: number,
  domain: Domain,
  limit?: number,
): Promise<readonly ReorderPoint[]> {
  const named = [
    ['type', '=', 'purchase'],
    ['company', '=', companyId],
    ['product.code', '!=', null],
    ['location.code', '!=', null],
  ];
  return tryton.find('stock.order_point', [...named, ...domain], pointShape, FIELDS, {}, limit);
}
