/**
 * Reads and alters bills of materials in Tryton, for demonstrations and tests, without any of Meridian's code: independent
 * evidence, as `documents.ts`.
 */
import { idOf, numberText, related, type TrytonAddress, type TrytonLogin, withClient } from './rpc.ts';

export interface BillLine {
  readonly productCode: string;
  readonly quantity: string;
}

export function createBillsReader(address: TrytonAddress, login: TrytonLogin) {
  return {
    /** What the product is made of now, in the order of the product codes. */
    billOf: (productCode: string): Promise<readonly BillLine[]> =>
      withClient(address, login, async (client) => {
        const link = await client.one('product.product-production.bom', [['product.code', '=', productCode]], ['bom']);
        const inputs = await client.searchRead(
          'production.bom.input',
          [['bom', '=', link.bom]],
          ['quantity', 'product.code'],
        );
        return inputs
          .map((input) => ({
            productCode: related(input, 'product', 'code'),
            quantity: numberText(input.quantity),
          }))
          .sort((one, other) => (one.productCode < other.productCode ? -1 : 1));
      }),
    /** An engineer alters by how much of a component the product is made. */
    alter: (productCode: string, component: string, quantity: number): Promise<void> =>
      withClient(address, login, async (client) => {
        const link = await client.one('product.product-production.bom', [['product.code', '=', productCode]], ['bom']);
        const input = await client.one(
          'production.bom.input',
          [
            ['bom', '=', link.bom],
            ['product.code', '=', component],
          ],
          ['id'],
        );
        await client.write('production.bom.input', [idOf(input)], { quantity });
      }),
  };
}
