import { odooCredentialsSchema } from '../../connectors/erp/odoo/credentials.ts';
import { createOdooErp } from '../../connectors/erp/odoo/odoo-erp.ts';
import { unconfiguredLedger, unconfiguredTime } from '../../connectors/erp/unconfigured.ts';
import type { ErpVendor } from '../erp-vendor.ts';
import { readSecret } from '../secrets.ts';

/** Purchases only (docs/connectors.md says why). */
export const odoo: ErpVendor = {
  erp: ({ secretArn, claims, clock }) =>
    createOdooErp({ credentials: () => readSecret(secretArn, odooCredentialsSchema), claims, clock }),
  ledger: unconfiguredLedger,
  time: unconfiguredTime,
};
