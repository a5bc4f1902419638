/** What came for an order: moves of the warehouse that are done, from the supplier. */
import * as z from 'zod';
import { add } from '../../../money/money.ts';
import type { GoodsReceipt } from '../port.ts';
import type { OdooCompany } from './company.ts';
import { lineNumbersOf } from './order-lines.ts';
import type { OdooSession } from './session.ts';
import { instantField, numberField, referenceField, requiredReferenceField } from './wire.ts';

/** What goes back to the supplier has the same line of the order behind it. */
export const CAME_IN = [
  ['state', '=', 'done'],
  ['location_id.usage', '=', 'supplier'],
];

const moveShape = z.object({
  id: z.int(),
  date: instantField,
  quantity: numberField,
  picking_id: referenceField,
  purchase_line_id: requiredReferenceField,
});
type Move = z.infer<typeof moveShape>;

export async function readReceipts(
  odoo: OdooSession,
  company: OdooCompany,
  orderNumber: string,
): Promise<readonly GoodsReceipt[]> {
  const moves = await odoo.find(
    'stock.move',
    [...CAME_IN, ['purchase_line_id.order_id.name', '=', orderNumber]],
    moveShape,
    ['date', 'quantity', 'picking_id', 'purchase_line_id'],
  );
  if (moves.length === 0) {
    return [];
  }
  const numbers = await lineNumbersOf(odoo, orderNumber);
  const receipts = new Map<string, Move[]>();
  for (const move of moves) {
    receipts.set(receiptNumberOf(move), [...(receipts.get(receiptNumberOf(move)) ?? []), move]);
  }
  return [...receipts].map(([receiptNumber, ofReceipt]) => ({
    receiptNumber,
    orderNumber,
    receivedOn: dayOf(ofReceipt[0]?.date ?? '', company.timeZone),
    lines: receivedLines(ofReceipt, numbers),
  }));
}

/** A move without a transfer was done by hand. */
export function receiptNumberOf(move: Pick<Move, 'id' | 'picking_id'>): string {
  return move.picking_id?.name ?? `move ${move.id}`;
}

/** `YYYY-MM-DD` of an instant. */
export function dayOf(instant: string, timeZone: string): string {
  // The Swedish form of a date is that of ISO 8601.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(instant));
}

/** A line can come in several moves of one receipt. */
function receivedLines(moves: readonly Move[], numbers: ReadonlyMap<number, number>): GoodsReceipt['lines'] {
  const quantities = new Map<number, string>();
  for (const { purchase_line_id: line, quantity } of moves) {
    const lineNumber = numbers.get(line.id);
    if (lineNumber !== undefined) {
      quantities.set(lineNumber, add(quantities.get(lineNumber) ?? '0', quantity));
    }
  }
  return [...quantities].map(([lineNumber, quantity]) => ({ lineNumber, quantity }));
}
