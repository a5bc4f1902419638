/** What the prepared company makes, and of what. */
import { BILLS } from './company-data.ts';
import { idOf, type TrytonClient } from './rpc.ts';

/** @param products - ids by code; what is made joins them under its own */
export async function createBills(client: TrytonClient, products: ReadonlyMap<string, number>): Promise<void> {
  const goods = idOf(
    await client.one(
      'product.category',
      [
        ['accounting', '=', true],
        ['supplier_taxes', '=', null],
      ],
      ['id'],
    ),
  );
  const unit = idOf(await client.one('product.uom', [['name', '=', 'Unit']], ['id']));
  for (const { product: code, name, components } of BILLS) {
    const template = await client.create('product.template', {
      name,
      code,
      type: 'goods',
      default_uom: unit,
      producible: true,
      ...{ salable: true, sale_uom: unit, account_category: goods },
      products: [['create', [{ suffix_code: '' }]]],
    });
    const product = idOf(await client.one('product.product', [['template', '=', template]], ['id']));
    const inputs = await Promise.all(
      components.map(async ({ product: component, quantity }) => {
        const id = products.get(component);
        const known = await client.one('product.product', [['id', '=', id]], ['default_uom']);
        return { product: id, quantity, unit: known.default_uom };
      }),
    );
    const bom = await client.create('production.bom', {
      name: `${code} ${name}`,
      outputs: [['create', [{ product, quantity: 1, unit }]]],
      inputs: [['create', inputs]],
    });
    await client.create('product.product-production.bom', { product, bom });
  }
}
