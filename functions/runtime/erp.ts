/** The ERP of the company's configuration. The session with it is kept across invocations. */
import type * as z from 'zod';
import { createCommandClaims } from '../connectors/erp/claims.ts';
import type { LedgerPort } from '../connectors/erp/ledger-port.ts';
import type { ErpPort } from '../connectors/erp/port.ts';
import type { StockPort } from '../connectors/erp/stock-port.ts';
import type { TimePort } from '../connectors/erp/time-port.ts';
import { trytonCredentialsSchema } from '../connectors/erp/tryton/credentials.ts';
import { createTrytonErp, type TrytonParts } from '../connectors/erp/tryton/tryton-erp.ts';
import { createTrytonLedger } from '../connectors/erp/tryton/tryton-ledger.ts';
import { createTrytonStock } from '../connectors/erp/tryton/tryton-stock.ts';
import { createTrytonTime } from '../connectors/erp/tryton/tryton-time.ts';
import {
  unconfiguredErp,
  unconfiguredLedger,
  unconfiguredStock,
  unconfiguredTime,
} from '../connectors/erp/unconfigured.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import type { erpEnvironment } from './environment.ts';
import { readSecret } from './secrets.ts';

let erp: ErpPort | undefined;
let time: TimePort | undefined;
let ledger: LedgerPort | undefined;
let stock: StockPort | undefined;

export function erpPort(environment: z.infer<typeof erpEnvironment>, deps: ProcessDeps): ErpPort {
  erp ??= environment.ERP_KIND === 'none' ? unconfiguredErp() : createTrytonErp(trytonParts(environment, deps));
  return erp;
}

/** The time sheets of the same ERP. */
export function timePort(environment: z.infer<typeof erpEnvironment>, deps: ProcessDeps): TimePort {
  time ??= environment.ERP_KIND === 'none' ? unconfiguredTime() : createTrytonTime(trytonParts(environment, deps));
  return time;
}

/** The stock of the same ERP. */
export function stockPort(environment: z.infer<typeof erpEnvironment>, deps: ProcessDeps): StockPort {
  stock ??= environment.ERP_KIND === 'none' ? unconfiguredStock() : createTrytonStock(trytonParts(environment, deps));
  return stock;
}

/** The general ledger of the same ERP. */
export function ledgerPort(environment: z.infer<typeof erpEnvironment>, deps: ProcessDeps): LedgerPort {
  ledger ??=
    environment.ERP_KIND === 'none' ? unconfiguredLedger() : createTrytonLedger(trytonParts(environment, deps));
  return ledger;
}

function trytonParts(environment: z.infer<typeof erpEnvironment>, deps: ProcessDeps): TrytonParts {
  return {
    credentials: () => readSecret(environment.ERP_SECRET_ARN, trytonCredentialsSchema),
    claims: createCommandClaims(deps.store, deps.clock),
    clock: deps.clock,
  };
}
