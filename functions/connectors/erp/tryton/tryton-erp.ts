/**
 * The ERP port on Tryton 8.2 over JSON-RPC (wire facts: local/tryton/README.md), as a restricted user of its own whose
 * preferences name its company and, where there are several, its warehouse.
 *
 * Limits: a supplier's tax rules are not applied to the taxes of the products; an invoice due in several parts is left
 * to people; of several payment journals in a currency the oldest is used; warnings of Tryton are never confirmed; orders
 * carry one analytic account a line, whatever other dimensions a company has.
 */
import type { Clock } from '../../../runtime/ambient.ts';
import type { CommandClaims, ErpPort } from '../port.ts';
import { readBudget } from './budgets.ts';
import { changesSince } from './changes.ts';
import { readCompany, type TrytonCompany } from './company.ts';
import type { TrytonCredentials } from './credentials.ts';
import { readInvoices, readReceipts } from './deliveries.ts';
import { exchangeRate, findProducts, findSupplier } from './master-data.ts';
import { cancelOrder, createOrder, findOrder, linkRecord, readOrder } from './orders.ts';
import { readPayment, requestPayment } from './payments.ts';
import { createTrytonSession } from './session.ts';

export interface TrytonParts {
  /** Read for every call, since they may be rotated. */
  readonly credentials: () => Promise<TrytonCredentials>;
  readonly claims: CommandClaims;
  readonly clock: Clock;
  /** Node's own unless given. */
  readonly fetch?: typeof fetch;
}

/** One per execution environment: it keeps its session across invocations. */
export function createTrytonErp({ credentials, claims, clock, fetch: send = fetch }: TrytonParts): ErpPort {
  const tryton = createTrytonSession({ credentials, fetch: send });
  let known: Promise<TrytonCompany> | undefined;
  const company = (): Promise<TrytonCompany> => {
    known ??= readCompany(tryton).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    findSupplier: (code) => findSupplier(tryton, code),
    findProducts: async (codes, supplierCode) => findProducts(tryton, await company(), codes, supplierCode),
    exchangeRate: async (currency, date) => exchangeRate(tryton, await company(), currency, date),
    readBudget: async (costCentre, on) => readBudget(tryton, await company(), costCentre, on),
    createOrder: async (command) => createOrder(tryton, await company(), claims, command),
    readOrder: (orderNumber) => readOrder(tryton, orderNumber),
    findOrder: (key) => findOrder(tryton, key),
    cancelOrder: (orderNumber) => cancelOrder(tryton, orderNumber),
    readReceipts: (orderNumber) => readReceipts(tryton, orderNumber),
    readInvoices: (orderNumber) => readInvoices(tryton, orderNumber),
    requestPayment: async (command) => requestPayment(tryton, await company(), claims, command),
    readPayment: (paymentNumber) => readPayment(tryton, paymentNumber),
    linkRecord: (orderNumber, title, url) => linkRecord(tryton, orderNumber, title, url),
    changesSince: (watermark) => changesSince(tryton, clock, watermark),
  };
}
