/** Lines of purchase orders. The position on the requisition stands in a line's `sequence`. */
import * as z from 'zod';
import { RefusedError } from '../outcome.ts';
import type { CreateOrderCommand } from '../port.ts';
import type { TrytonCompany } from './company.ts';
import { findCostCentre } from './cost-centres.ts';
import type { Domain, TrytonSession } from './session.ts';
import { decimal, numberField, type Row, textField } from './wire.ts';

const lineShape = z.object({
  id: z.int(),
  sequence: z.int().nullable(),
  quantity: numberField,
  unit_price: numberField,
  amount: numberField,
  'product.': z.object({ code: textField }).nullable(),
});

/** Lines of one order by their position. One that a buyer added in Tryton has none, and comes after all that have. */
export async function readOrderLines(tryton: TrytonSession, condition: Domain) {
  const rows = await tryton.find('purchase.line', [condition, ['type', '=', 'line']], lineShape, [
    'sequence',
    'quantity',
    'unit_price',
    'amount',
    'product.code',
  ]);
  const last = Math.max(0, ...rows.map(({ sequence }) => sequence ?? 0));
  const added = rows.filter(({ sequence }) => sequence === null);
  return rows
    .map((row) => ({ ...row, lineNumber: row.sequence ?? last + 1 + added.indexOf(row) }))
    .sort((one, other) => one.lineNumber - other.lineNumber);
}

/** Positions by the identifier of the line. */
export async function lineNumbersOf(tryton: TrytonSession, orderNumber: string): Promise<ReadonlyMap<number, number>> {
  const lines = await readOrderLines(tryton, ['purchase.number', '=', orderNumber]);
  return new Map(lines.map(({ id, lineNumber }) => [id, lineNumber]));
}

const productShape = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  purchase_uom: z.int(),
  account_category: z.int().nullable(),
});
const categoryShape = z.object({ id: z.int(), supplier_taxes_used: z.array(z.int()) });

/** Lines to create, with the unit and the taxes that the desktop client would take from the product. */
export async function lineValues(
  tryton: TrytonSession,
  company: TrytonCompany,
  { lines, costCentre }: CreateOrderCommand,
): Promise<readonly Row[]> {
  const account = await findCostCentre(tryton, company, costCentre);
  const analytic =
    account === undefined ? {} : { analytic_accounts: [['create', [{ root: account.root, account: account.id }]]] };
  const products = await tryton.find(
    'product.product',
    [
      ['code', 'in', [...new Set(lines.map(({ productCode }) => productCode))]],
      ['purchasable', '=', true],
    ],
    productShape,
    ['code', 'name', 'purchase_uom', 'account_category'],
  );
  const categories = await tryton.find(
    'product.category',
    [['id', 'in', products.flatMap(({ account_category }) => account_category ?? [])]],
    categoryShape,
    ['supplier_taxes_used'],
  );
  return lines.map(({ lineNumber, productCode, quantity, unitPrice }) => {
    const product = products.find(({ code }) => code === productCode);
    if (product === undefined) {
      throw new RefusedError(`Tryton has no product ${productCode} that can be purchased`);
    }
    const category = categories.find(({ id }) => id === product.account_category);
    return {
      type: 'line',
      sequence: lineNumber,
      product: product.id,
      description: product.name,
      quantity: Number(quantity),
      unit: product.purchase_uom,
      unit_price: decimal(unitPrice),
      taxes: [['add', category?.supplier_taxes_used ?? []]],
      ...analytic,
    };
  });
}
