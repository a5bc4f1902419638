import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCommandClaims } from '../../../functions/connectors/erp/claims.ts';
import type { CommandClaims, ErpPort } from '../../../functions/connectors/erp/port.ts';
import { createTrytonErp } from '../../../functions/connectors/erp/tryton/tryton-erp.ts';
import type { Clock } from '../../../functions/runtime/ambient.ts';
import { createClerks } from '../../../local/tryton/clerks.ts';
import { TrytonClient } from '../../../local/tryton/rpc.ts';
import { prepareTryton, startTryton, type TrytonServer } from '../../../local/tryton/server.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import type { ByProduct, ErpRig, InvoicePaper } from './rig.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** The rig on a real Tryton, with what only tests of the Tryton adapter need. */
export interface TrytonRig extends ErpRig {
  readonly server: TrytonServer;
  /** Tryton seen by its administrator, by code of the demonstration's tools. */
  readonly admin: TrytonClient;
  /** An adapter on other terms: through a proxy, with another clock or other claims. */
  adapter(terms?: {
    readonly url?: string;
    readonly claims?: CommandClaims;
    readonly password?: string;
    readonly fetch?: typeof fetch;
  }): ErpPort;
  newClaims(clock: Clock): CommandClaims;
}

export async function openTrytonRig(): Promise<TrytonRig> {
  const python = join(ROOT, '.local/python/tryton/bin/python');
  const pristine = join(ROOT, '.local/tryton/pristine');
  await prepareTryton({ python, folder: pristine, report: () => {} });
  const folder = await mkdtemp(join(tmpdir(), 'meridian-erp-'));
  const server = await startTryton({ python, pristine, dataFolder: join(folder, 'data'), reset: true });
  const admin = await TrytonClient.login(server, server.logins.admin);
  const today = () => new Date().toISOString().slice(0, 10);
  const clerks = createClerks(server, server.logins, today);
  const clock: Clock = { now: () => new Date() };
  const store = new MemoryStore();
  const claims = createCommandClaims(store, clock);
  const { login: user, password: ownPassword } = server.logins.connector;
  const adapter: TrytonRig['adapter'] = (terms = {}) => {
    const { url = server.url, password = ownPassword } = terms;
    return createTrytonErp({
      credentials: async () => ({ url, database: server.database, user, password }),
      claims: terms.claims ?? claims,
      clock,
      ...(terms.fetch === undefined ? {} : { fetch: terms.fetch }),
    });
  };
  const count = async (model: string, key: string) => (await admin.search(model, [['reference', '=', key]])).length;

  return {
    server,
    admin,
    erp: adapter(),
    another: () => adapter(),
    adapter,
    newClaims: (other) => createCommandClaims(new MemoryStore(), other),
    clerks: {
      receiveGoods: async (order, quantities) => {
        await clerks.receiveGoods(order, quantities === undefined ? undefined : listOf(quantities));
      },
      enterInvoice: (order, paper) => clerks.enterInvoice(order, { ...changesOf(paper), invoiceDate: today() }),
      correctInvoice: (invoice, paper) => clerks.correctInvoice(invoice, { ...changesOf(paper), dropExtraLines: true }),
      confirmPayment: (payment) => clerks.confirmPayment(payment),
      failPayment: (payment) => clerks.failPayment(payment),
      cancelOrder: (order) => clerks.cancelOrder(order),
    },
    ordersWith: (key) => count('purchase.purchase', key),
    paymentsWith: (key) => count('account.payment', key),
    linksOf: async (order) => {
      const [id] = await admin.search('purchase.purchase', [['number', '=', order]]);
      const links = await admin.searchRead('ir.attachment', [['resource', '=', `purchase.purchase,${id}`]], ['link']);
      return links.map(({ link }) => String(link));
    },
    close: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function listOf(figures: ByProduct) {
  return Object.entries(figures).map(([productCode, value]) => ({ productCode, value }));
}

function changesOf({ reference, prices, quantities, charge }: InvoicePaper) {
  return {
    supplierReference: reference,
    ...(prices === undefined ? {} : { priceChanges: listOf(prices) }),
    ...(quantities === undefined ? {} : { quantityChanges: listOf(quantities) }),
    ...(charge === undefined ? {} : { extraLine: charge }),
  };
}
