import { expect, it } from 'vitest';
import { booksPort, engineeringPort, ordersPort, stockPort } from '../../../functions/runtime/erp.ts';
import { ConfigError, ValidationError } from '../../../functions/runtime/errors.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';

const ODOO = {
  ERP_KIND: 'odoo',
  ERP_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:erp',
} as const;
const deps = new PurchaseWorld().urgeDeps();

it('what Odoo has no bills for is refused as a mistake in the request, which its requester reads', async () => {
  await expect(engineeringPort(ODOO, deps).readBom('P-9001')).rejects.toThrow(ValidationError);
});

it.each([
  ['stock and reorder points', () => stockPort(ODOO, deps).readStock([{ warehouse: 'WH', productCode: 'P-1001' }])],
  [
    'sales and production orders',
    () => ordersPort(ODOO, deps).readOrder({ kind: 'sales-order', orderNumber: 'SO00001' }),
  ],
  ['books to compare with', () => booksPort(ODOO, deps).accountsOf('SUP-001')],
])(
  'a company with Odoo that asks for %s reads that the connector has none, and not that there is no ERP',
  async (what, ask) => {
    const asking = ask();
    await expect(asking).rejects.toThrow(ConfigError);
    await expect(asking).rejects.toThrow(`no ERP is configured whose connector has ${what}`);
  },
);
