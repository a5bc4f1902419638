/**
 * The ERP port on Odoo 19 Community over its JSON-2 API, as a user of its own with an API key. What each operation becomes
 * there, and what Odoo Community lacks, is in docs/connectors.md.
 *
 * Limits: orders carry no cost centre and no description; credit notes are not invoices; of several bank journals Odoo's own
 * default pays; a product is ordered in its own unit.
 */
import type { Clock } from '../../../runtime/ambient.ts';
import type { CommandClaims, ErpPort } from '../port.ts';
import { readInvoices } from './bills.ts';
import { changesSince } from './changes.ts';
import { type OdooCompany, readCompany } from './company.ts';
import type { OdooCredentials } from './credentials.ts';
import { exchangeRate, findProducts, findSupplier } from './master-data.ts';
import { cancelOrder, createOrder, findOrder, linkRecord, readOrder } from './orders.ts';
import { readPayment, requestPayment } from './payments.ts';
import { dayOf, readReceipts } from './receipts.ts';
import { createOdooSession } from './session.ts';

export interface OdooParts {
  /** Read for every call, since they may be rotated. */
  readonly credentials: () => Promise<OdooCredentials>;
  readonly claims: CommandClaims;
  readonly clock: Clock;
  /** Node's own unless given. */
  readonly fetch?: typeof fetch;
}

/** One per execution environment: it keeps what it knows of the company across invocations. */
export function createOdooErp({ credentials, claims, clock, fetch: send = fetch }: OdooParts): ErpPort {
  const odoo = createOdooSession({ credentials, fetch: send });
  let known: Promise<OdooCompany> | undefined;
  const company = (): Promise<OdooCompany> => {
    known ??= readCompany(odoo).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    findSupplier: (code) => findSupplier(odoo, code),
    findProducts: async (codes, supplierCode) =>
      findProducts(odoo, codes, supplierCode, dayOf(clock.now().toISOString(), (await company()).timeZone)),
    exchangeRate: async (currency, date) => exchangeRate(odoo, await company(), currency, date),
    // Budgets are a part of Odoo Enterprise.
    readBudget: async () => undefined,
    createOrder: (command) => createOrder(odoo, command),
    readOrder: (orderNumber) => readOrder(odoo, orderNumber),
    findOrder: (key) => findOrder(odoo, key),
    cancelOrder: async (orderNumber) => cancelOrder(odoo, await company(), orderNumber),
    readReceipts: async (orderNumber) => readReceipts(odoo, await company(), orderNumber),
    readInvoices: (orderNumber) => readInvoices(odoo, orderNumber),
    requestPayment: (command) => requestPayment(odoo, claims, command),
    readPayment: (paymentNumber) => readPayment(odoo, paymentNumber),
    linkRecord: (orderNumber, title, url) => linkRecord(odoo, orderNumber, title, url),
    changesSince: (watermark) => changesSince(odoo, clock, watermark),
  };
}
