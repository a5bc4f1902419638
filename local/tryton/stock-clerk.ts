/** What the warehouse does with stock without any order, for demonstrations and tests. Quantities are plain decimals. */
import type { UserRole } from './company-data.ts';
import { date, idOf, type TrytonAddress, type TrytonLogin, withClient } from './rpc.ts';

export interface StockClerk {
  /** So much of a product is used up, in the unit that Tryton counts it in: the warehouse counts what is left. */
  takeOut(productCode: string, quantity: string): Promise<void>;
}

export function createStockClerk(
  address: TrytonAddress,
  logins: Readonly<Record<UserRole, TrytonLogin>>,
  today = () => new Date().toISOString().slice(0, 10),
): StockClerk {
  return {
    takeOut: (productCode, quantity) =>
      withClient(address, logins.warehouse, async (client) => {
        const storage = await client.one('stock.location', [['code', '=', 'STO']], ['id']);
        const product = await client.one('product.product', [['code', '=', productCode]], ['id', 'quantity'], {
          locations: [idOf(storage)],
        });
        const inventory = await client.create('stock.inventory', {
          location: idOf(storage),
          date: date(today()),
          lines: [['create', [{ product: idOf(product), quantity: Number(product.quantity) - Number(quantity) }]]],
        });
        await client.press('stock.inventory', 'confirm', [inventory]);
      }),
  };
}
