/** What the modules of vendors in `erp-vendors/` make their ports of. */
import type { CommandClaims } from '../connectors/erp/port.ts';
import type { Clock } from './ambient.ts';

export interface VendorParts {
  /** Of the secret with the connector's credentials. */
  readonly secretArn: string;
  readonly claims: CommandClaims;
  readonly clock: Clock;
}
