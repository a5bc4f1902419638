/** What a vendor's ERP brings to a function. The bundle of a company holds that of its own ERP and no other (`infra/bundles.ts`). */
import type { LedgerPort } from '../connectors/erp/ledger-port.ts';
import type { CommandClaims, ErpPort } from '../connectors/erp/port.ts';
import type { TimePort } from '../connectors/erp/time-port.ts';
import type { Clock } from './ambient.ts';

export interface VendorParts {
  /** Of the secret with the connector's credentials. */
  readonly secretArn: string;
  readonly claims: CommandClaims;
  readonly clock: Clock;
}

export interface ErpVendor {
  readonly erp: (parts: VendorParts) => ErpPort;
  readonly ledger: (parts: VendorParts) => LedgerPort;
  readonly time: (parts: VendorParts) => TimePort;
}
