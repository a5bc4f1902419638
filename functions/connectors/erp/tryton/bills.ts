/** Bills of materials in Tryton: the one in force is the first of the product's own list. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { inOrder } from '../../../engineering/domain/compare-bills.ts';
import { divide, multiply } from '../../../money/money.ts';
import { ConnectorPermanentError } from '../../../runtime/errors.ts';
import type { BillOfMaterials, Component } from '../engineering-port.ts';
import type { TrytonSession } from './session.ts';
import { numberField, textField } from './wire.ts';

/** Says by which bill a product is made. */
export const LINK = 'product.product-production.bom';

const QUANTITY_DIGITS = 6;

const linkShape = z.object({
  id: z.int(),
  bom: z.int(),
  sequence: z.int().nullable(),
  _timestamp: z.union([z.string(), z.number()]),
});
type Link = z.infer<typeof linkShape>;

const productShape = z.object({ code: textField, name: textField });
const factors = { 'unit.': z.object({ factor: numberField }) };
export const inputShape = z.object({
  quantity: numberField,
  ...factors,
  'product.': z.object({ code: textField, 'default_uom.': z.object({ factor: numberField }) }).nullable(),
});
type Input = z.infer<typeof inputShape>;

/** A bill, and where Tryton says that it counts. */
export interface BillInForce {
  readonly bill: BillOfMaterials;
  readonly link: Link;
}

export async function readBill(tryton: TrytonSession, productCode: string): Promise<BillInForce | undefined> {
  const [product] = await tryton.find('product.product', [['code', '=', productCode]], productShape, ['code', 'name']);
  const link = (await linksOf(tryton, productCode))[0];
  if (product === undefined || link === undefined) {
    return undefined;
  }
  const components = await componentsOf(tryton, productCode, link.bom);
  const [output] = await tryton.find(
    'production.bom.output',
    [
      ['bom', '=', link.bom],
      ['product.code', '=', productCode],
    ],
    inputShape,
    FIELDS,
  );
  const outputQuantity = output === undefined ? '1' : inOwnUnit(output);
  const version = versionOf(link, outputQuantity, components);
  return { bill: { productCode, productName: product.name, version, outputQuantity, components }, link };
}

/** In the order in which Tryton takes them. */
async function linksOf(tryton: TrytonSession, productCode: string): Promise<readonly Link[]> {
  const links = await tryton.find(LINK, [['product.code', '=', productCode]], linkShape, [
    'bom',
    'sequence',
    '_timestamp',
  ]);
  const rank = ({ sequence }: Link) => sequence ?? Number.POSITIVE_INFINITY;
  return links.toSorted((one, other) => (rank(one) === rank(other) ? one.id - other.id : rank(one) - rank(other)));
}

export const FIELDS = ['quantity', 'unit.factor', 'product.code', 'product.default_uom.factor'];

/** @throws ConnectorPermanentError for a bill that has another one among its components: nobody could decide about that. */
export async function componentsOf(
  tryton: TrytonSession,
  productCode: string,
  bomId: number,
): Promise<readonly Component[]> {
  const inputs = await tryton.find('production.bom.input', [['bom', '=', bomId]], inputShape, FIELDS);
  const quantities = new Map<string, string>();
  for (const input of inputs) {
    const code = input['product.']?.code ?? '';
    if (code === '' || quantities.has(code)) {
      throw new ConnectorPermanentError(
        `bill ${bomId} of ${productCode} has a component without a code, a component twice, or another bill in it: mend it in Tryton`,
      );
    }
    quantities.set(code, inOwnUnit(input));
  }
  return inOrder([...quantities].map(([code, quantity]) => ({ productCode: code, quantity })));
}

/** A bill may count in another unit than the product's own. */
export function inOwnUnit({ quantity, 'unit.': unit, 'product.': product }: Input): string {
  const own = product?.['default_uom.'].factor ?? unit.factor;
  return divide(multiply(quantity, unit.factor), own, QUANTITY_DIGITS);
}

function versionOf({ id, bom }: Link, outputQuantity: string, components: readonly Component[]): string {
  const content = JSON.stringify([id, bom, outputQuantity, components]);
  return `${bom}-${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
}
