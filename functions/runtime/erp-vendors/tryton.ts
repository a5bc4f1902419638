import { trytonCredentialsSchema } from '../../connectors/erp/tryton/credentials.ts';
import { createTrytonErp } from '../../connectors/erp/tryton/tryton-erp.ts';
import { createTrytonLedger } from '../../connectors/erp/tryton/tryton-ledger.ts';
import { createTrytonTime } from '../../connectors/erp/tryton/tryton-time.ts';
import type { ErpVendor, VendorParts } from '../erp-vendor.ts';
import { readSecret } from '../secrets.ts';

const partsOf = ({ secretArn, claims, clock }: VendorParts) => ({
  credentials: () => readSecret(secretArn, trytonCredentialsSchema),
  claims,
  clock,
});

export const tryton: ErpVendor = {
  erp: (parts) => createTrytonErp(partsOf(parts)),
  ledger: (parts) => createTrytonLedger(partsOf(parts)),
  time: (parts) => createTrytonTime(partsOf(parts)),
};
