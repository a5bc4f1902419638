/**
 * The ERP of the company's configuration. The session with it is kept across invocations. The bundle of a company holds the
 * connector to its own ERP and no other (`infra/bundles.ts`), and a function those of its ports that it asks for.
 */
import type * as z from 'zod';
import type { BooksPort } from '../connectors/erp/books-port.ts';
import { createCommandClaims } from '../connectors/erp/claims.ts';
import type { EngineeringPort } from '../connectors/erp/engineering-port.ts';
import type { LedgerPort } from '../connectors/erp/ledger-port.ts';
import type { OrdersPort } from '../connectors/erp/orders-port.ts';
import type { ErpPort } from '../connectors/erp/port.ts';
import type { StockPort } from '../connectors/erp/stock-port.ts';
import type { TimePort } from '../connectors/erp/time-port.ts';
import {
  noEngineering,
  unconfiguredBooks,
  unconfiguredEngineering,
  unconfiguredErp,
  unconfiguredLedger,
  unconfiguredOrders,
  unconfiguredStock,
  unconfiguredTime,
  unknownAccounts,
} from '../connectors/erp/unconfigured.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import type { erpEnvironment } from './environment.ts';
import type { VendorParts } from './erp-vendor.ts';
import * as odoo from './erp-vendors/odoo.ts';
import * as tryton from './erp-vendors/tryton.ts';
import { ConfigError } from './errors.ts';

type Environment = z.infer<typeof erpEnvironment>;

let erp: ErpPort | undefined;
let time: TimePort | undefined;
let ledger: LedgerPort | undefined;
let engineering: EngineeringPort | undefined;
let stock: StockPort | undefined;
let orders: OrdersPort | undefined;
let books: BooksPort | undefined;

export function erpPort(environment: Environment, deps: ProcessDeps): ErpPort {
  erp ??= made({ none: unconfiguredErp, tryton: tryton.erp, odoo: odoo.erp }, environment, deps);
  return erp;
}

/** The time sheets of the same ERP. */
export function timePort(environment: Environment, deps: ProcessDeps): TimePort {
  time ??= made({ none: unconfiguredTime, tryton: tryton.time, odoo: unconfiguredTime }, environment, deps);
  return time;
}

/** The stock of the same ERP. */
export function stockPort(environment: Environment, deps: ProcessDeps): StockPort {
  stock ??= made({ none: unconfiguredStock, tryton: tryton.stock, odoo: unconfiguredStock }, environment, deps);
  return stock;
}

/** Sales and production orders of the same ERP. */
export function ordersPort(environment: Environment, deps: ProcessDeps): OrdersPort {
  orders ??= made({ none: unconfiguredOrders, tryton: tryton.orders, odoo: unconfiguredOrders }, environment, deps);
  return orders;
}

/** The books of the same ERP as an auditor walks through them. */
export function booksPort(environment: Environment, deps: ProcessDeps): BooksPort {
  books ??= made({ none: unconfiguredBooks, tryton: tryton.books, odoo: unconfiguredBooks }, environment, deps);
  return books;
}

/** The bank accounts of the suppliers of the same ERP; of one whose connector has no books nothing is known of them. */
export function accountsPort(environment: Environment, deps: ProcessDeps): Pick<BooksPort, 'accountsOf'> {
  return environment.ERP_KIND === 'tryton' ? booksPort(environment, deps) : unknownAccounts();
}

/** The general ledger of the same ERP. */
export function ledgerPort(environment: Environment, deps: ProcessDeps): LedgerPort {
  ledger ??= made({ none: unconfiguredLedger, tryton: tryton.ledger, odoo: unconfiguredLedger }, environment, deps);
  return ledger;
}

/** Bills of materials of the same ERP. */
export function engineeringPort(environment: Environment, deps: ProcessDeps): EngineeringPort {
  engineering ??= made(
    { none: unconfiguredEngineering, tryton: tryton.engineering, odoo: noEngineering },
    environment,
    deps,
  );
  return engineering;
}

/** In a bundle what other vendors make is undefined. */
type Makers<Port> = { readonly [kind in Environment['ERP_KIND']]: ((parts: VendorParts) => Port) | undefined };

function made<Port>(makers: Makers<Port>, environment: Environment, { store, clock }: ProcessDeps): Port {
  const { ERP_KIND: kind, ERP_SECRET_ARN: secretArn } = environment;
  const make = makers[kind];
  if (make === undefined) {
    throw new ConfigError(
      `this function was bundled for another ERP than "${kind}": deploy again with the company file`,
    );
  }
  return make({ secretArn, claims: createCommandClaims(store, clock), clock });
}
