/** The ERP of the company's configuration. The session with it is kept across invocations. */
import type * as z from 'zod';
import { createCommandClaims } from '../connectors/erp/claims.ts';
import type { LedgerPort } from '../connectors/erp/ledger-port.ts';
import type { ErpPort } from '../connectors/erp/port.ts';
import type { TimePort } from '../connectors/erp/time-port.ts';
import { unconfiguredErp, unconfiguredLedger, unconfiguredTime } from '../connectors/erp/unconfigured.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import type { erpEnvironment } from './environment.ts';
import type { ErpVendor, VendorParts } from './erp-vendor.ts';
import { odoo } from './erp-vendors/odoo.ts';
import { tryton } from './erp-vendors/tryton.ts';
import { ConfigError } from './errors.ts';

type Environment = z.infer<typeof erpEnvironment>;

const NONE: ErpVendor = { erp: unconfiguredErp, ledger: unconfiguredLedger, time: unconfiguredTime };

let erp: ErpPort | undefined;
let time: TimePort | undefined;
let ledger: LedgerPort | undefined;

export function erpPort(environment: Environment, deps: ProcessDeps): ErpPort {
  erp ??= vendorOf(environment).erp(partsOf(environment, deps));
  return erp;
}

/** The time sheets of the same ERP. */
export function timePort(environment: Environment, deps: ProcessDeps): TimePort {
  time ??= vendorOf(environment).time(partsOf(environment, deps));
  return time;
}

/** The general ledger of the same ERP. */
export function ledgerPort(environment: Environment, deps: ProcessDeps): LedgerPort {
  ledger ??= vendorOf(environment).ledger(partsOf(environment, deps));
  return ledger;
}

function vendorOf({ ERP_KIND: kind }: Environment): ErpVendor {
  // In a bundle those of other kinds are undefined.
  const vendors: { readonly [kind in Environment['ERP_KIND']]: ErpVendor | undefined } = { none: NONE, tryton, odoo };
  const vendor = vendors[kind];
  if (vendor === undefined) {
    throw new ConfigError(
      `this function was bundled for another ERP than "${kind}": deploy again with the company file`,
    );
  }
  return vendor;
}

function partsOf({ ERP_SECRET_ARN: secretArn }: Environment, { store, clock }: ProcessDeps): VendorParts {
  return { secretArn, claims: createCommandClaims(store, clock), clock };
}
