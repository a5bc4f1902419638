/** Whether an order stands in an ERP as it was asked for, however its numbers are written. */
import { compare } from '../../money/money.ts';
import type { CreateOrderCommand, OrderLineCommand, PurchaseOrder } from './port.ts';

/** Supplier, currency and every line; the order of the lines does not count. */
export function isSameOrder(
  { supplierCode, currency, lines }: Pick<PurchaseOrder, 'supplierCode' | 'currency' | 'lines'>,
  command: CreateOrderCommand,
): boolean {
  return (
    supplierCode === command.supplierCode &&
    currency === command.currency &&
    lines.length === command.lines.length &&
    command.lines.every((asked) => lines.some((line) => isSameLine(line, asked)))
  );
}

function isSameLine(line: OrderLineCommand, asked: OrderLineCommand): boolean {
  return (
    line.lineNumber === asked.lineNumber &&
    line.productCode === asked.productCode &&
    compare(line.quantity, asked.quantity) === 0 &&
    compare(line.unitPrice, asked.unitPrice) === 0
  );
}
