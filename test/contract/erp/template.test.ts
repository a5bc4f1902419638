/** The template of a connector passes the first half of the suite, over HTTP, on an ERP that knows no unique keys. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { createCommandClaims } from '../../../functions/connectors/erp/claims.ts';
import type { CreateOrderCommand } from '../../../functions/connectors/erp/port.ts';
import { BusinessRuleError, ConfigError, ConnectorPermanentError } from '../../../functions/runtime/errors.ts';
import { KeylessErp } from '../../faults/purchase/keyless-erp.ts';
import { createTemplateErp } from '../../support/erp-template/template-erp.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { describeErp } from './contract.ts';
import { fakeRig } from './fake-rig.ts';
import type { ErpRig } from './rig.ts';

const API_KEY = 'key-of-the-template';
const clock = { now: () => new Date() };

interface Args {
  readonly id: number;
  readonly key: string;
  readonly code: string;
  readonly codes: readonly string[];
  readonly supplierCode: string;
  readonly currency: string;
  readonly date: string;
  readonly orderNumber: string;
  readonly title: string;
  readonly url: string;
  readonly command: CreateOrderCommand;
}

/** The operations of the ERP as its own API has them. */
function operationsOf(erp: KeylessErp): Readonly<Record<string, (args: Args) => Promise<unknown>>> {
  const { wire } = erp;
  return {
    findSupplier: ({ code }) => erp.findSupplier(code),
    findProducts: ({ codes, supplierCode }) => erp.findProducts(codes, supplierCode),
    exchangeRate: ({ currency, date }) => erp.exchangeRate(currency, date),
    readOrder: ({ orderNumber }) => erp.readOrder(orderNumber),
    findOrder: ({ key }) => erp.findOrder(key),
    cancelOrder: ({ orderNumber }) => erp.cancelOrder(orderNumber),
    linkRecord: ({ orderNumber, title, url }) => erp.linkRecord(orderNumber, title, url),
    draftsOf: ({ key }) => wire.draftsOf(key),
    createDraft: ({ key }) => wire.createDraft(key),
    deleteDraft: ({ id }) => wire.deleteDraft(id),
    confirmOrder: ({ id, command }) => wire.confirmOrder(id, command),
  };
}

async function openTemplateRig(): Promise<ErpRig & { readonly url: string }> {
  const erp = new KeylessErp({ clock });
  const operations = operationsOf(erp);
  const server = createServer(async (request, response) => {
    const args = (await json(request)) as Args;
    if (request.headers['x-api-key'] !== API_KEY) {
      response.writeHead(401).end();
      return;
    }
    try {
      const result = await operations[request.url?.slice(1) ?? '']?.(args);
      response.end(JSON.stringify(result ?? null));
    } catch (error) {
      const rule = error instanceof BusinessRuleError ? error.rule : undefined;
      response.writeHead(422).end(JSON.stringify({ rule, message: String(error) }));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const store = new MemoryStore();
  const another = () =>
    createTemplateErp({
      credentials: async () => ({ url, apiKey: API_KEY }),
      claims: createCommandClaims(store, clock),
    });
  return {
    ...fakeRig(erp),
    url,
    erp: another(),
    another,
    ordersWith: async (key) => (await erp.wire.draftsOf(key)).length,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

let address = '';

describeErp(
  'the template of a connector',
  async () => {
    const rig = await openTemplateRig();
    address = rig.url;
    return rig;
  },
  'first half',
);

it('the template refuses what is not written yet, and says so', async () => {
  const parts = { credentials: async () => ({ url: address, apiKey: API_KEY }) };
  const erp = createTemplateErp({ ...parts, claims: createCommandClaims(new MemoryStore(), clock) });

  await expect(erp.changesSince(undefined)).rejects.toThrow(ConnectorPermanentError);
});

it('the template tells a wrong key as a matter of configuration', async () => {
  const rig = await openTemplateRig();
  const erp = createTemplateErp({
    credentials: async () => ({ url: rig.url, apiKey: 'another' }),
    claims: createCommandClaims(new MemoryStore(), clock),
  });

  await expect(erp.findSupplier('SUP-001')).rejects.toThrow(ConfigError);
  await rig.close();
});
