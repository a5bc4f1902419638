/** What the warehouse does with stock without any order, for demonstrations and tests. Quantities are plain decimals. */
import type { UserRole } from './company-data.ts';
import { date, idOf, type TrytonAddress, type TrytonLogin, withClient } from './rpc.ts';

export interface StockClerk {
  /** What is there of a product in the only warehouse, with what is on order, in the unit that Tryton counts it in. */
  forecastOf(productCode: string): Promise<number>;
  /** So much of a product is used up, in the unit that Tryton counts it in: the warehouse counts what is left. */
  takeOut(productCode: string, quantity: string): Promise<void>;
  /** Sets a reorder point of the only warehouse, as Tryton's administrator. */
  setPoint(productCode: string, minimum: string, target: string): Promise<void>;
}

export function createStockClerk(
  address: TrytonAddress,
  logins: Readonly<Record<UserRole, TrytonLogin>>,
  today = () => new Date().toISOString().slice(0, 10),
): StockClerk {
  return {
    forecastOf: (productCode) =>
      withClient(address, logins.admin, async (client) => {
        const warehouse = await client.one('stock.location', [['type', '=', 'warehouse']], ['id']);
        const product = await client.one('product.product', [['code', '=', productCode]], ['forecast_quantity'], {
          locations: [idOf(warehouse)],
        });
        return Number(product.forecast_quantity);
      }),
    setPoint: (productCode, minimum, target) =>
      withClient(address, logins.admin, async (client) => {
        const product = await client.one('product.product', [['code', '=', productCode]], ['id']);
        const warehouse = await client.one('stock.location', [['type', '=', 'warehouse']], ['id']);
        const [company] = await client.search('company.company', []);
        await client.create('stock.order_point', {
          ...{ company, location: idOf(warehouse), type: 'purchase', product: idOf(product) },
          ...{ min_quantity: Number(minimum), target_quantity: Number(target) },
        });
      }),
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
