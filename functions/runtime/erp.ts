/** The ERP of the company's configuration. The session with it is kept across invocations. */
import type * as z from 'zod';
import { createCommandClaims } from '../connectors/erp/claims.ts';
import type { EngineeringPort } from '../connectors/erp/engineering-port.ts';
import type { LedgerPort } from '../connectors/erp/ledger-port.ts';
import type { ErpPort } from '../connectors/erp/port.ts';
import type { TimePort } from '../connectors/erp/time-port.ts';
import { trytonCredentialsSchema } from '../connectors/erp/tryton/credentials.ts';
import { createTrytonEngineering } from '../connectors/erp/tryton/tryton-engineering.ts';
import { createTrytonErp, type TrytonParts } from '../connectors/erp/tryton/tryton-erp.ts';
import { createTrytonLedger } from '../connectors/erp/tryton/tryton-ledger.ts';
import { createTrytonTime } from '../connectors/erp/tryton/tryton-time.ts';
import {
  unconfiguredEngineering,
  unconfiguredErp,
  unconfiguredLedger,
  unconfiguredTime,
} from '../connectors/erp/unconfigured.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import type { erpEnvironment } from './environment.ts';
import { readSecret } from './secrets.ts';

let erp: ErpPort | undefined;
let time: TimePort | undefined;
let ledger: LedgerPort | undefined;
let engineering: EngineeringPort | undefined;

export function erpPort(environment: z.infer<typeof erpEnvironment>, deps: ProcessDeps): ErpPort {
  erp ??= environment.ERP_KIND === 'none' ? unconfiguredErp() : createTrytonErp(trytonParts(environment, deps));
  return erp;
}

/** The time sheets of the same ERP. */
export function timePort(environment: z.infer<typeof erpEnvironment>, deps: ProcessDeps): TimePort {
  time ??= environment.ERP_KIND === 'none' ? unconfiguredTime() : createTrytonTime(trytonParts(environment, deps));
  return time;
}

/** The general ledger of the same ERP. */
export function ledgerPort(environment: z.infer<typeof erpEnvironment>, deps: ProcessDeps): LedgerPort {
  ledger ??=
    environment.ERP_KIND === 'none' ? unconfiguredLedger() : createTrytonLedger(trytonParts(environment, deps));
  return ledger;
}

/** Bills of materials of the same ERP. */
export function engineeringPort(environment: z.infer<typeof erpEnvironment>, deps: ProcessDeps): EngineeringPort {
  engineering ??=
    environment.ERP_KIND === 'none'
      ? unconfiguredEngineering()
      : createTrytonEngineering(trytonParts(environment, deps));
  return engineering;
}

function trytonParts(environment: z.infer<typeof erpEnvironment>, deps: ProcessDeps): TrytonParts {
  return {
    credentials: () => readSecret(environment.ERP_SECRET_ARN, trytonCredentialsSchema),
    claims: createCommandClaims(deps.store, deps.clock),
    clock: deps.clock,
  };
}
