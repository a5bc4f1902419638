/** Lines of purchase orders. The position on the requisition stands in a line's `sequence`. */
import * as z from 'zod';
import type { Domain, OdooSession } from './session.ts';
import { numberField, requiredReferenceField } from './wire.ts';

const lineShape = z.object({
  id: z.int(),
  sequence: z.int(),
  product_id: requiredReferenceField,
  product_qty: numberField,
  price_unit: numberField,
  price_subtotal: numberField,
});
export type OrderLineRow = z.infer<typeof lineShape> & { readonly lineNumber: number };

/**
 * Lines of one order by their position. A line that a buyer added in Odoo has the sequence of another one, or one beyond
 * them: of lines with one sequence the oldest keeps it, and the others come after all.
 */
export async function readOrderLines(odoo: OdooSession, condition: Domain): Promise<readonly OrderLineRow[]> {
  const rows = await odoo.find('purchase.order.line', [condition, ['display_type', '=', false]], lineShape, [
    ...['sequence', 'product_id', 'product_qty', 'price_unit', 'price_subtotal'],
  ]);
  const isFirst = (row: (typeof rows)[number]) =>
    row.sequence > 0 && rows.find(({ sequence }) => sequence === row.sequence) === row;
  const added = rows.filter((row) => !isFirst(row));
  const last = Math.max(0, ...rows.map(({ sequence }) => sequence));
  return rows
    .map((row) => ({ ...row, lineNumber: isFirst(row) ? row.sequence : last + 1 + added.indexOf(row) }))
    .sort((one, other) => one.lineNumber - other.lineNumber);
}

/** Positions by the identifier of the line. */
export async function lineNumbersOf(odoo: OdooSession, orderNumber: string): Promise<ReadonlyMap<number, number>> {
  const lines = await readOrderLines(odoo, ['order_id.name', '=', orderNumber]);
  return new Map(lines.map(({ id, lineNumber }) => [id, lineNumber]));
}
