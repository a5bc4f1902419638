/** The ERP of the company's configuration. The session with it is kept across invocations. */
import type * as z from 'zod';
import { createCommandClaims } from '../connectors/erp/claims.ts';
import type { LedgerPort } from '../connectors/erp/ledger-port.ts';
import type { ErpPort } from '../connectors/erp/port.ts';
import { trytonCredentialsSchema } from '../connectors/erp/tryton/credentials.ts';
import { createTrytonErp } from '../connectors/erp/tryton/tryton-erp.ts';
import { unconfiguredErp, unconfiguredLedger } from '../connectors/erp/unconfigured.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import type { erpEnvironment } from './environment.ts';
import { readSecret } from './secrets.ts';

let erp: ErpPort | undefined;

export function erpPort(environment: z.infer<typeof erpEnvironment>, deps: ProcessDeps): ErpPort {
  erp ??=
    environment.ERP_KIND === 'none'
      ? unconfiguredErp()
      : createTrytonErp({
          credentials: () => readSecret(environment.ERP_SECRET_ARN, trytonCredentialsSchema),
          claims: createCommandClaims(deps.store, deps.clock),
          clock: deps.clock,
        });
  return erp;
}

/** The general ledger of the same ERP. */
export function ledgerPort(_environment: z.infer<typeof erpEnvironment>, _deps: ProcessDeps): LedgerPort {
  return unconfiguredLedger();
}
