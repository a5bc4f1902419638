/**
 * What people do in the ERP while Meridian waits: each action runs under the restricted user of the person who does it
 * in a company, through Tryton's own API, with the buttons that the person would press.
 *
 * Quantities and prices are plain decimal strings, dates are `YYYY-MM-DD`. An action that Tryton refuses throws
 * `TrytonRefusal`; one that makes no sense now (nothing to receive, no draft invoice) throws an `Error` that says so.
 */
import type { UserRole } from './company-data.ts';
import {
  date,
  decimal,
  idOf,
  type Row,
  related,
  type TrytonAddress,
  type TrytonClient,
  type TrytonLogin,
  withClient,
} from './rpc.ts';

/** A figure for the lines of one product. */
export interface ByProduct {
  readonly productCode: string;
  readonly value: string;
}

/** How a supplier's paper differs from the invoice that Tryton drafted from the receipt. */
export interface InvoiceChanges {
  readonly priceChanges?: readonly ByProduct[];
  readonly quantityChanges?: readonly ByProduct[];
  /** A charge that no order line stands behind, such as freight. */
  readonly extraLine?: { readonly description: string; readonly amount: string };
}

export interface InvoicePaper extends InvoiceChanges {
  /** The number on the supplier's paper. */
  readonly supplierReference: string;
  readonly invoiceDate: string;
}

/** What accounting puts right on an entered invoice. */
export interface InvoiceCorrection extends Partial<InvoicePaper> {
  /** Takes charges out again that no order line stands behind. */
  readonly dropExtraLines?: boolean;
}

export interface Clerks {
  /**
   * The warehouse accepts goods of an order: everything that is open, or the given quantities only (a product left out
   * has not arrived). Returns the number of the receipt.
   */
  receiveGoods(orderNumber: string, lines?: readonly ByProduct[]): Promise<string>;
  /** Accounting enters the oldest draft invoice of an order and validates it, without posting. Returns its number. */
  enterInvoice(orderNumber: string, paper: InvoicePaper): Promise<string>;
  /** Accounting takes an entered invoice back, changes it and validates it again. */
  correctInvoice(invoiceNumber: string, correction: InvoiceCorrection): Promise<void>;
  /** The bank reports that a payment was executed. */
  confirmPayment(paymentNumber: string): Promise<void>;
  /** The bank reports that a payment bounced. */
  failPayment(paymentNumber: string): Promise<void>;
  /** The buyer gives up what has not arrived of an order; without any receipt that cancels the order. */
  cancelOrder(orderNumber: string): Promise<void>;
}

type Role = Exclude<UserRole, 'admin' | 'connector' | 'personnel' | 'sales' | 'production'>;

/** @param today - the date of receipts and payments, `YYYY-MM-DD` */
export function createClerks(
  address: TrytonAddress,
  logins: Readonly<Record<Role, TrytonLogin>>,
  today: () => string,
): Clerks {
  const as = <Result>(role: Role, work: (client: TrytonClient) => Promise<Result>): Promise<Result> =>
    withClient(address, logins[role], work);
  return {
    receiveGoods: (order, lines) => as('warehouse', (client) => receive(client, order, lines, today())),
    enterInvoice: (order, paper) => as('accounting', (client) => enter(client, order, paper)),
    correctInvoice: (invoice, changes) => as('accounting', (client) => correct(client, invoice, changes)),
    confirmPayment: (payment) => as('accounting', (client) => confirm(client, payment, today())),
    failPayment: (payment) => as('accounting', (client) => fail(client, payment)),
    cancelOrder: (order) => as('buyer', (client) => cancel(client, order)),
  };
}

async function openMoves(client: TrytonClient, orderNumber: string): Promise<readonly Row[]> {
  const moves = await client.searchRead(
    'stock.move',
    [
      ['origin.purchase.number', '=', orderNumber, 'purchase.line'],
      ['state', '=', 'draft'],
      ['shipment', '=', null],
    ],
    ['quantity', 'product.code'],
  );
  if (moves.length === 0) throw new Error(`nothing of order ${orderNumber} is still to come`);
  return moves;
}

async function receive(
  client: TrytonClient,
  orderNumber: string,
  lines: readonly ByProduct[] | undefined,
  today: string,
): Promise<string> {
  const open = await openMoves(client, orderNumber);
  const arrived = lines === undefined ? new Map<number, number>() : distribute(open, lines, orderNumber);
  const moves = lines === undefined ? open.map(idOf) : [...arrived.keys()];
  const order = await client.one(
    'purchase.purchase',
    [['number', '=', orderNumber]],
    ['party', 'warehouse', 'company'],
  );
  const warehouse = Number(order.warehouse);
  const [zones] = await client.read('stock.location', [warehouse], ['input_location', 'storage_location']);
  const shipment = await client.create('stock.shipment.in', {
    supplier: order.party,
    company: order.company,
    warehouse,
    warehouse_input: zones?.input_location,
    warehouse_storage: zones?.storage_location,
    effective_date: date(today),
    incoming_moves: [['add', moves], ...[...arrived].map(([move, quantity]) => ['write', [move], { quantity }])],
  });
  await client.press('stock.shipment.in', 'receive', [shipment]);
  await client.press('stock.shipment.in', 'do', [shipment]);
  const [receipt] = await client.read('stock.shipment.in', [shipment], ['number']);
  return String(receipt?.number);
}

/** Spreads what arrived of each product over its open moves, oldest first; an excess goes to the last. */
function distribute(open: readonly Row[], lines: readonly ByProduct[], orderNumber: string): Map<number, number> {
  const arrived = new Map<number, number>();
  for (const { productCode, value } of lines) {
    const moves = open.filter((move) => related(move, 'product', 'code') === productCode);
    if (moves.length === 0) throw new Error(`product ${productCode} is not open on order ${orderNumber}`);
    let left = Number(value);
    if (!(left > 0)) throw new Error(`the quantity of ${productCode} must be more than zero`);
    for (const [index, move] of moves.entries()) {
      const share = index === moves.length - 1 ? left : Math.min(left, Number(move.quantity));
      if (share > 0) arrived.set(idOf(move), share);
      left -= share;
    }
  }
  return arrived;
}

async function enter(client: TrytonClient, orderNumber: string, paper: InvoicePaper): Promise<string> {
  const [draft] = await client.searchRead(
    'account.invoice',
    [
      ['lines.origin.purchase.number', '=', orderNumber, 'purchase.line'],
      ['type', '=', 'in'],
      ['state', '=', 'draft'],
    ],
    ['id'],
  );
  if (draft === undefined) throw new Error(`order ${orderNumber} has no draft invoice: have the goods been received?`);
  const values = await valuesOf(client, idOf(draft), paper);
  await writeAndValidate(client, idOf(draft), values);
  const [invoice] = await client.read('account.invoice', [idOf(draft)], ['number']);
  return String(invoice?.number);
}

async function correct(client: TrytonClient, number: string, correction: InvoiceCorrection): Promise<void> {
  const invoice = await client.one(
    'account.invoice',
    [
      ['number', '=', number],
      ['type', '=', 'in'],
    ],
    ['id'],
  );
  // First what to write, so that a wrong product code does not leave the invoice taken back.
  const values = await valuesOf(client, idOf(invoice), correction);
  await client.press('account.invoice', 'draft', [idOf(invoice)]);
  await writeAndValidate(client, idOf(invoice), values);
}

async function writeAndValidate(client: TrytonClient, invoice: number, values: Row): Promise<void> {
  await client.write('account.invoice', [invoice], values);
  await client.press('account.invoice', 'validate_invoice', [invoice]);
}

async function valuesOf(client: TrytonClient, invoice: number, paper: InvoiceCorrection): Promise<Row> {
  const lines = await lineCommands(client, invoice, paper);
  return {
    ...(paper.invoiceDate === undefined ? {} : { invoice_date: date(paper.invoiceDate) }),
    ...(paper.supplierReference === undefined ? {} : { reference: paper.supplierReference }),
    ...(lines.length === 0 ? {} : { lines }),
  };
}

async function lineCommands(
  client: TrytonClient,
  invoice: number,
  changes: InvoiceCorrection,
): Promise<readonly unknown[]> {
  const lines = await client.searchRead(
    'account.invoice.line',
    [['invoice', '=', invoice]],
    ['product.code', 'account', 'origin'],
  );
  const commands: unknown[] = [];
  const change = (field: string, { productCode, value }: ByProduct, coded: unknown): void => {
    const ids = lines.filter((line) => related(line, 'product', 'code') === productCode).map(idOf);
    if (ids.length === 0) throw new Error(`the invoice has no line of product ${productCode} to set to ${value}`);
    commands.push(['write', ids, { [field]: coded }]);
  };
  for (const price of changes.priceChanges ?? []) change('unit_price', price, decimal(price.value));
  for (const quantity of changes.quantityChanges ?? []) change('quantity', quantity, Number(quantity.value));
  if (changes.dropExtraLines === true) {
    commands.push(['delete', lines.filter((line) => line.origin === null).map(idOf)]);
  }
  if (changes.extraLine !== undefined) {
    const { description, amount } = changes.extraLine;
    const account = lines.find((line) => line.account !== null)?.account;
    commands.push(['create', [{ type: 'line', description, quantity: 1, unit_price: decimal(amount), account }]]);
  }
  return commands;
}

async function confirm(client: TrytonClient, paymentNumber: string, today: string): Promise<void> {
  const ids = await paymentIds(client, paymentNumber);
  await client.wizard('account.payment.succeed', { model: 'account.payment', ids }, [
    ['succeed', { start: { date: date(today) } }],
  ]);
}

async function fail(client: TrytonClient, paymentNumber: string): Promise<void> {
  await client.press('account.payment', 'fail', await paymentIds(client, paymentNumber));
}

async function paymentIds(client: TrytonClient, paymentNumber: string): Promise<readonly number[]> {
  return [idOf(await client.one('account.payment', [['number', '=', paymentNumber]], ['id']))];
}

/**
 * A confirmed order has no cancel button: the buyer cancels what is still to come, which makes an exception of the
 * order, and settles the exception by ignoring it.
 */
async function cancel(client: TrytonClient, orderNumber: string): Promise<void> {
  const order = await client.one('purchase.purchase', [['number', '=', orderNumber]], ['state']);
  if (order.state === 'draft' || order.state === 'quotation') {
    await client.press('purchase.purchase', 'cancel', [idOf(order)]);
    return;
  }
  const moves = (await openMoves(client, orderNumber)).map(idOf);
  await client.press('stock.move', 'cancel', moves);
  await client.wizard('purchase.handle.shipment.exception', { model: 'purchase.purchase', ids: [idOf(order)] }, [
    ['handle', { ask: { domain_moves: moves, ignore_moves: moves, recreate_moves: [] } }],
  ]);
}
