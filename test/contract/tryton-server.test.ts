/** @module-tag long */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Clerks, createClerks } from '../../local/tryton/clerks.ts';
import { createDocumentReader, type DocumentReader } from '../../local/tryton/documents.ts';
import { TrytonClient, TrytonRefusal } from '../../local/tryton/rpc.ts';
import { prepareTryton, startTryton, type TrytonServer } from '../../local/tryton/server.ts';
import { payInvoice, placeOrder, TODAY } from './tryton-server-connector.ts';

const ROOT = join(import.meta.dirname, '../..');
const python = join(ROOT, '.local/python/tryton/bin/python');
const pristine = join(ROOT, '.local/tryton/pristine');

const reports: string[] = [];
let folder: string;
let server: TrytonServer;
let connector: TrytonClient;
let clerks: Clerks;
let documents: DocumentReader;

async function start(reset: boolean): Promise<void> {
  server = await startTryton({ python, pristine, dataFolder: join(folder, 'data'), reset });
  connector = await TrytonClient.login(server, server.logins.connector);
  clerks = createClerks(server, server.logins, () => TODAY);
  documents = createDocumentReader(server, server.logins.admin);
}

/** Milliseconds. */
async function timeOf(action: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await action();
  return performance.now() - began;
}

async function documentsOf(orderNumber: string) {
  const found = await documents.readDocuments(orderNumber);
  if (found === undefined) throw new Error(`no order ${orderNumber}`);
  return found;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

beforeAll(async () => {
  await prepareTryton({ python, folder: pristine, report: (progress) => reports.push(progress) });
  folder = await mkdtemp(join(tmpdir(), 'meridian-tryton-'));
  await start(true);
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the purchase loop on a real Tryton', () => {
  it('ends with a paid invoice and a done order when everything is delivered, invoiced and paid', async () => {
    // Prepare
    const order = await placeOrder(connector, {
      reference: 'loop-1',
      supplierCode: 'SUP-001',
      currency: 'CNY',
      lines: [
        { productCode: 'P-1001', quantity: 5, unitPrice: '680.00' },
        { productCode: 'P-1002', quantity: 10, unitPrice: '128.00' },
      ],
    });
    const ordered = await documentsOf(order);

    // Act
    const receipt = await clerks.receiveGoods(order);
    const drafted = await documentsOf(order);
    const invoice = await clerks.enterInvoice(order, { supplierReference: 'F-100', invoiceDate: TODAY });
    const entered = await documentsOf(order);
    const payment = await payInvoice(connector, invoice, 'loop-1-pay');
    const paying = await documentsOf(order);
    await clerks.confirmPayment(payment);
    const final = await documentsOf(order);

    // Assess
    expect(ordered.order).toMatchObject({
      orderNumber: order,
      reference: 'loop-1',
      supplierCode: 'SUP-001',
      currency: 'CNY',
      state: 'processing',
      shipmentState: 'waiting',
      invoiceState: 'none',
      net: '4680.00',
      total: '4680.00',
    });
    expect([ordered.receipts, ordered.invoices, ordered.payments]).toEqual([[], [], []]);
    expect(drafted.invoices).toMatchObject([{ invoiceNumber: '', state: 'draft', total: '4680.00' }]);
    expect(entered.invoices).toMatchObject([
      { invoiceNumber: invoice, state: 'validated', supplierReference: 'F-100', invoiceDate: TODAY },
    ]);
    expect(paying.invoices).toMatchObject([{ state: 'posted' }]);
    expect(paying.payments).toMatchObject([{ paymentNumber: payment, state: 'processing' }]);
    expect(final.order).toMatchObject({ state: 'done', shipmentState: 'received', invoiceState: 'paid' });
    expect(final.receipts).toMatchObject([{ receiptNumber: receipt, state: 'done', receivedOn: TODAY }]);
    expect(final.receipts[0]?.lines).toEqual(
      expect.arrayContaining([
        { productCode: 'P-1001', quantity: '5' },
        { productCode: 'P-1002', quantity: '10' },
      ]),
    );
    expect(final.invoices).toMatchObject([{ state: 'paid', total: '4680.00', orderNumbers: [order] }]);
    expect(final.payments).toEqual([
      {
        paymentNumber: payment,
        reference: 'loop-1-pay',
        invoiceNumber: invoice,
        orderNumbers: [order],
        amount: '4680.00',
        currency: 'CNY',
        date: TODAY,
        state: 'succeeded',
      },
    ]);
  });

  it('makes one receipt and one taxed invoice for each part that arrives, and takes corrections and a bounced payment', async () => {
    // Prepare
    const order = await placeOrder(connector, {
      reference: 'parts-1',
      supplierCode: 'SUP-002',
      currency: 'CNY',
      lines: [
        { productCode: 'P-2001', quantity: 3, unitPrice: '6200.00' },
        { productCode: 'P-4001', quantity: 2.25, unitPrice: '71.3500' },
      ],
    });

    // Act
    await clerks.receiveGoods(order, [{ productCode: 'P-2001', value: '2' }]);
    const first = await clerks.enterInvoice(order, { supplierReference: 'F-201', invoiceDate: TODAY });
    const afterFirst = await documentsOf(order);
    await clerks.receiveGoods(order);
    const second = await clerks.enterInvoice(order, {
      supplierReference: 'F-202',
      invoiceDate: TODAY,
      priceChanges: [{ productCode: 'P-2001', value: '6300.00' }],
      quantityChanges: [{ productCode: 'P-4001', value: '3' }],
      extraLine: { description: 'Freight', amount: '55.50' },
    });
    const wrong = await documentsOf(order);
    await clerks.correctInvoice(second, {
      priceChanges: [{ productCode: 'P-2001', value: '6200.00' }],
      quantityChanges: [{ productCode: 'P-4001', value: '2.25' }],
      dropExtraLines: true,
    });
    const corrected = await documentsOf(order);
    const bounced = await payInvoice(connector, first, 'parts-1-pay-1');
    await clerks.failPayment(bounced);
    const afterBounce = await documentsOf(order);
    for (const [invoice, key] of [
      [first, 'parts-1-pay-2'],
      [second, 'parts-1-pay-3'],
    ] as const) {
      await clerks.confirmPayment(await payInvoice(connector, invoice, key));
    }
    const final = await documentsOf(order);

    // Assess
    expect(afterFirst.order).toMatchObject({ shipmentState: 'partially shipped', tax: '2418.00', net: '18760.54' });
    expect(afterFirst.receipts.map(({ lines }) => lines)).toEqual([[{ productCode: 'P-2001', quantity: '2' }]]);
    expect(afterFirst.invoices).toMatchObject([{ net: '12400.00', tax: '1612.00', total: '14012.00' }]);
    expect(wrong.invoices[1]).toMatchObject({ net: '6569.55', tax: '819.00', total: '7388.55' });
    expect(wrong.invoices[1]?.lines).toContainEqual({
      productCode: '',
      description: 'Freight',
      quantity: '1',
      unitPrice: '55.50',
      amount: '55.50',
    });
    expect(corrected.invoices[1]).toMatchObject({
      invoiceNumber: second,
      state: 'validated',
      net: '6360.54',
      total: '7166.54',
    });
    expect(corrected.invoices[1]?.lines).toHaveLength(2);
    expect(afterBounce.invoices[0]).toMatchObject({ state: 'posted' });
    expect(final.order).toMatchObject({ state: 'done', shipmentState: 'received', invoiceState: 'paid' });
    expect(final.invoices.map(({ state }) => state)).toEqual(['paid', 'paid']);
    expect(final.payments.map(({ state, amount }) => `${state} ${amount}`)).toEqual([
      'failed 14012.00',
      'succeeded 14012.00',
      'succeeded 7166.54',
    ]);
  });

  it('orders, books and pays in the currency of a foreign supplier', async () => {
    // Prepare
    const order = await placeOrder(connector, {
      reference: 'usd-1',
      supplierCode: 'SUP-003',
      currency: 'USD',
      lines: [{ productCode: 'P-3001', quantity: 10, unitPrice: '45.50' }],
    });

    // Act
    await clerks.receiveGoods(order);
    const invoice = await clerks.enterInvoice(order, { supplierReference: 'US-1', invoiceDate: TODAY });
    await clerks.confirmPayment(await payInvoice(connector, invoice, 'usd-1-pay'));
    const final = await documentsOf(order);

    // Assess
    expect(final.order).toMatchObject({ currency: 'USD', total: '455.00', state: 'done' });
    expect(final.invoices).toMatchObject([{ currency: 'USD', total: '455.00', state: 'paid' }]);
    expect(final.payments).toMatchObject([{ currency: 'USD', amount: '455.00', state: 'succeeded' }]);
    const [move] = await connector.searchRead(
      'account.move.line',
      [
        ['move.origin.number', '=', invoice, 'account.invoice'],
        ['amount_second_currency', '<', 0],
      ],
      ['credit'],
    );
    expect(move?.credit).toMatchObject({ decimal: '3276.00' });
  });

  it('leaves an order that the buyer cancels without receipts and invoices, and refuses to receive it', async () => {
    // Prepare
    const order = await placeOrder(connector, {
      reference: 'cancel-1',
      supplierCode: 'SUP-001',
      currency: 'CNY',
      lines: [{ productCode: 'P-1001', quantity: 2, unitPrice: '680.00' }],
    });

    // Act
    await clerks.cancelOrder(order);
    const final = await documentsOf(order);

    // Assess
    expect(final.order).toMatchObject({ state: 'done', shipmentState: 'none', invoiceState: 'none' });
    expect([final.receipts, final.invoices]).toEqual([[], []]);
    await expect(clerks.receiveGoods(order)).rejects.toThrow(`nothing of order ${order} is still to come`);
    await expect(clerks.enterInvoice(order, { supplierReference: 'F', invoiceDate: TODAY })).rejects.toThrow(
      `order ${order} has no draft invoice`,
    );
  });

  it('accepts more goods than were ordered, as a warehouse can', async () => {
    // Prepare
    const order = await placeOrder(connector, {
      reference: 'more-1',
      supplierCode: 'SUP-001',
      currency: 'CNY',
      lines: [
        { productCode: 'P-1001', quantity: 2, unitPrice: '680.00' },
        { productCode: 'P-1001', quantity: 3, unitPrice: '600.00' },
      ],
    });

    // Act
    await clerks.receiveGoods(order, [{ productCode: 'P-1001', value: '7' }]);

    // Assess
    const { receipts } = await documentsOf(order);
    expect(receipts[0]?.lines.map(({ quantity }) => quantity).sort()).toEqual(['2', '5']);
  });

  it('gives eight orders that are placed at once eight numbers', async () => {
    // Act
    const numbers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        placeOrder(connector, {
          reference: `parallel-${index}`,
          supplierCode: 'SUP-001',
          currency: 'CNY',
          lines: [{ productCode: 'P-1001', quantity: 1, unitPrice: '680.00' }],
        }),
      ),
    );

    // Assess
    expect(new Set(numbers).size).toBe(8);
    const { orders } = await documents.listDocuments(8);
    expect(new Set(orders.map(({ orderNumber }) => orderNumber))).toEqual(new Set(numbers));
  });

  it('keeps the connector and the clerks out of what is not their work', async () => {
    // Prepare
    const warehouse = await TrytonClient.login(server, server.logins.warehouse);

    // Act
    const attempts = await Promise.allSettled([
      connector.create('res.user', { name: 'x', login: 'x' }),
      connector.write('account.fiscalyear', [1], { name: 'x' }),
      warehouse.search('account.payment', []),
    ]);

    // Assess
    for (const attempt of attempts) {
      const reason: unknown = attempt.status === 'rejected' ? attempt.reason : undefined;
      expect(reason).toBeInstanceOf(TrytonRefusal);
      expect(String(reason)).toContain('not allowed to access');
    }
  });
});

describe('the server of the prepared company', () => {
  it('goes on with its data after a restart and begins again with the prepared company after a reset', async () => {
    // Prepare
    const order = await placeOrder(connector, {
      reference: 'restart-1',
      supplierCode: 'SUP-001',
      currency: 'CNY',
      lines: [{ productCode: 'P-1002', quantity: 1, unitPrice: '128.00' }],
    });
    const before = await documents.readDocuments(order);

    // Act
    await server.stop();
    const restartMs = await timeOf(() => start(false));
    const afterRestart = await documents.readDocuments(order);
    await server.stop();
    const resetMs = await timeOf(() => start(true));
    const afterReset = await documents.listDocuments(5);

    // Assess
    expect(before).toBeDefined();
    expect(afterRestart).toEqual(before);
    expect(afterReset).toEqual({ orders: [], receipts: [], invoices: [], payments: [] });
    // Files are copied, and no company is prepared, which takes more than ten times as long; on a busy machine as well.
    expect(resetMs).toBeLessThan(5 * restartMs);
  });

  it('is prepared once, with logins that only its owner can read and nobody prints', async () => {
    // Act
    const again: string[] = [];
    await prepareTryton({ python, folder: pristine, report: (progress) => again.push(progress) });

    // Assess
    expect(again).toEqual([]);
    for (const place of [pristine, join(folder, 'data')]) {
      expect((await stat(join(place, 'logins.json'))).mode & 0o777).toBe(0o600);
    }
    const said = `${reports.join('\n')}${await readFile(join(folder, 'data/trytond.log'), 'utf8')}`;
    for (const { password } of Object.values(server.logins)) expect(said).not.toContain(password);
  });

  it('leaves nothing that counts when the preparation breaks', async () => {
    // Prepare
    const target = join(folder, 'broken');

    // Act
    const preparation = prepareTryton({ python: '/bin/false', folder: target, report: () => {} });

    // Assess
    await expect(preparation).rejects.toThrow('trytond.cli.admin failed (1)');
    expect((await readdir(folder)).filter((name) => name.startsWith('broken'))).toEqual([]);
  });

  it('says in one sentence why it cannot start', async () => {
    // Prepare
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const address = blocker.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const dataFolder = join(folder, 'blocked');

    // Act
    const taken = () => startTryton({ python, pristine, dataFolder, port, reset: true });
    const unprepared = () => startTryton({ python, pristine: join(folder, 'nowhere'), dataFolder, reset: true });
    const noPython = () =>
      prepareTryton({ python: join(folder, 'python'), folder: join(folder, 'p'), report: () => {} });

    // Assess
    await expect(taken()).rejects.toThrow(/^the Tryton server ended before it was ready: .*Address already in use$/);
    await expect(unprepared()).rejects.toThrow('the prepared Tryton company is missing');
    await expect(noPython()).rejects.toThrow("Tryton's Python environment is missing");
    blocker.close();
  });

  it('leaves no process behind when it is stopped', async () => {
    // Prepare
    const other = await startTryton({ python, pristine, dataFolder: join(folder, 'other'), reset: true });
    const before = await accepts(other.port);

    // Act
    await other.stop();
    await other.stop();

    // Assess
    expect(before).toBe(true);
    expect(await accepts(other.port)).toBe(false);
  });

  it('ends when the program that started it is killed', async () => {
    // Prepare
    const dataFolder = join(folder, 'orphan');
    const script = `import { startTryton } from ${JSON.stringify(join(ROOT, 'local/tryton/server.ts'))};
      const server = await startTryton(${JSON.stringify({ python, pristine, dataFolder, reset: true })});
      console.log(server.port);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(parent.stdout, 'data');
    const port = Number(String(line));
    const before = await accepts(port);

    // Act
    parent.kill('SIGKILL');

    // Assess
    expect(before).toBe(true);
    await vi.waitFor(async () => expect(await accepts(port)).toBe(false), { timeout: 10_000, interval: 50 });
  });
});
