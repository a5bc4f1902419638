import { trytonCredentialsSchema } from '../../connectors/erp/tryton/credentials.ts';
import { createTrytonBooks } from '../../connectors/erp/tryton/tryton-books.ts';
import { createTrytonEngineering } from '../../connectors/erp/tryton/tryton-engineering.ts';
import { createTrytonErp } from '../../connectors/erp/tryton/tryton-erp.ts';
import { createTrytonLedger } from '../../connectors/erp/tryton/tryton-ledger.ts';
import { createTrytonOrders } from '../../connectors/erp/tryton/tryton-orders.ts';
import { createTrytonStock } from '../../connectors/erp/tryton/tryton-stock.ts';
import { createTrytonTime } from '../../connectors/erp/tryton/tryton-time.ts';
import type { VendorParts } from '../erp-vendor.ts';
import { readSecret } from '../secrets.ts';

const partsOf = ({ secretArn, claims, clock }: VendorParts) => ({
  credentials: () => readSecret(secretArn, trytonCredentialsSchema),
  claims,
  clock,
});

export const erp = (parts: VendorParts) => createTrytonErp(partsOf(parts));
export const ledger = (parts: VendorParts) => createTrytonLedger(partsOf(parts));
export const time = (parts: VendorParts) => createTrytonTime(partsOf(parts));
export const engineering = (parts: VendorParts) => createTrytonEngineering(partsOf(parts));
export const stock = (parts: VendorParts) => createTrytonStock(partsOf(parts));
export const books = (parts: VendorParts) => createTrytonBooks(partsOf(parts));
export const orders = (parts: VendorParts) => createTrytonOrders(partsOf(parts));
