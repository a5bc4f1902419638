/** Purchases only (docs/connectors.md says why). */
import { odooCredentialsSchema } from '../../connectors/erp/odoo/credentials.ts';
import { createOdooErp } from '../../connectors/erp/odoo/odoo-erp.ts';
import type { VendorParts } from '../erp-vendor.ts';
import { readSecret } from '../secrets.ts';

export const erp = ({ secretArn, claims, clock }: VendorParts) =>
  createOdooErp({ credentials: () => readSecret(secretArn, odooCredentialsSchema), claims, clock });
