/** An order that fills stock up. */
import type { CreateOrderCommand } from '../../../functions/connectors/erp/port.ts';
import type { StockPlace } from '../../../functions/connectors/erp/stock-port.ts';
import { PRODUCTS } from '../../../local/tryton/company-data.ts';

export function orderCommand(
  { productCode, warehouse }: StockPlace,
  quantity: string,
  key: string,
): CreateOrderCommand {
  const product = PRODUCTS.find(({ code }) => code === productCode);
  if (product?.supplier === undefined) {
    throw new Error(`nobody supplies ${productCode}`);
  }
  return {
    key,
    supplierCode: product.supplier,
    currency: 'CNY',
    orderDate: new Date().toISOString().slice(0, 10),
    description: 'Stock',
    costCentre: 'CC-110',
    warehouse,
    lines: [{ lineNumber: 1, productCode, quantity, unitPrice: product.price }],
  };
}
