/**
 * Reads the final documents from Tryton for demonstrations and tests, without any of Meridian's code: independent
 * evidence of what is in the books. States are Tryton's own words; quantities and amounts are plain decimal strings;
 * dates are `YYYY-MM-DD`, empty when there is none.
 */
import {
  dateText,
  idList,
  idOf,
  numberText,
  type Row,
  related,
  rowOf,
  type TrytonAddress,
  type TrytonClient,
  type TrytonLogin,
  textOf,
  withClient,
} from './rpc.ts';

export interface OrderDocument {
  readonly orderNumber: string;
  /** The idempotency key that Meridian left, if Meridian made the order. */
  readonly reference: string;
  readonly supplierCode: string;
  readonly supplierName: string;
  readonly orderedOn: string;
  readonly currency: string;
  readonly state: string;
  readonly shipmentState: string;
  readonly invoiceState: string;
  readonly net: string;
  readonly tax: string;
  readonly total: string;
  readonly lines: readonly {
    readonly productCode: string;
    readonly quantity: string;
    readonly unit: string;
    readonly unitPrice: string;
    readonly amount: string;
  }[];
}

export interface ReceiptDocument {
  readonly receiptNumber: string;
  readonly orderNumbers: readonly string[];
  readonly receivedOn: string;
  readonly state: string;
  readonly lines: readonly { readonly productCode: string; readonly quantity: string }[];
}

export interface InvoiceDocument {
  /** Empty while it is a draft. */
  readonly invoiceNumber: string;
  readonly orderNumbers: readonly string[];
  readonly supplierReference: string;
  readonly invoiceDate: string;
  readonly currency: string;
  readonly state: string;
  readonly net: string;
  readonly tax: string;
  readonly total: string;
  readonly lines: readonly {
    /** Empty on a charge without a product. */
    readonly productCode: string;
    readonly description: string;
    readonly quantity: string;
    readonly unitPrice: string;
    readonly amount: string;
  }[];
}

export interface PaymentDocument {
  readonly paymentNumber: string;
  readonly reference: string;
  readonly invoiceNumber: string;
  readonly orderNumbers: readonly string[];
  readonly amount: string;
  readonly currency: string;
  readonly date: string;
  readonly state: string;
}

export interface LinkDocument {
  readonly title: string;
  readonly url: string;
}

/** Everything that Tryton holds about one order, oldest first. */
export interface OrderDocuments {
  readonly order: OrderDocument;
  readonly receipts: readonly ReceiptDocument[];
  readonly invoices: readonly InvoiceDocument[];
  readonly payments: readonly PaymentDocument[];
  readonly links: readonly LinkDocument[];
}

/** What Tryton holds now, newest first. */
export interface DocumentLists {
  readonly orders: readonly OrderDocument[];
  readonly receipts: readonly ReceiptDocument[];
  readonly invoices: readonly InvoiceDocument[];
  readonly payments: readonly PaymentDocument[];
}

export interface DocumentReader {
  /** Undefined: Tryton has no such order. */
  readDocuments(orderNumber: string): Promise<OrderDocuments | undefined>;
  /** At most `limit` of each kind. */
  listDocuments(limit: number): Promise<DocumentLists>;
}

/** @param login - a user who may read purchases, stock, accounting and payments, such as the administrator */
export function createDocumentReader(address: TrytonAddress, login: TrytonLogin): DocumentReader {
  return {
    readDocuments: (orderNumber) => withClient(address, login, (client) => readOne(client, orderNumber)),
    listDocuments: (limit) => withClient(address, login, (client) => readNewest(client, limit)),
  };
}

async function readOne(client: TrytonClient, orderNumber: string): Promise<OrderDocuments | undefined> {
  const [found] = await client.searchRead('purchase.purchase', [['number', '=', orderNumber]], ['invoices']);
  if (found === undefined) return undefined;
  const id = idOf(found);
  const ofOrder = (path: string): readonly unknown[] => [path, '=', id, 'purchase.line'];
  const [order] = await orders(client, [id]);
  if (order === undefined) return undefined;
  const invoiceIds = await client.search('account.invoice', [ofOrder('lines.origin.purchase.id')]);
  const links = await client.searchRead(
    'ir.attachment',
    [
      ['resource', '=', `purchase.purchase,${id}`],
      ['type', '=', 'link'],
    ],
    ['name', 'link'],
  );
  return {
    order,
    receipts: await receipts(client, await client.search('stock.shipment.in', [ofOrder('moves.origin.purchase.id')])),
    invoices: await invoices(client, invoiceIds),
    payments: await payments(
      client,
      await client.search('account.payment', [['line.move.origin.id', 'in', invoiceIds, 'account.invoice']]),
    ),
    links: links.map((link) => ({ title: textOf(link.name), url: textOf(link.link) })),
  };
}

async function readNewest(client: TrytonClient, limit: number): Promise<DocumentLists> {
  return {
    orders: await orders(client, await client.newest('purchase.purchase', [], limit)),
    receipts: await receipts(client, await client.newest('stock.shipment.in', [], limit)),
    invoices: await invoices(client, await client.newest('account.invoice', [['type', '=', 'in']], limit)),
    payments: await payments(client, await client.newest('account.payment', [], limit)),
  };
}

async function orders(client: TrytonClient, ids: readonly number[]): Promise<readonly OrderDocument[]> {
  const fields = ['number', 'reference', 'party.code', 'party.name', 'purchase_date', 'currency.code', 'state'];
  const states = ['shipment_state', 'invoice_state', 'untaxed_amount', 'tax_amount', 'total_amount'];
  const rows = await client.read('purchase.purchase', ids, [...fields, ...states]);
  const lines = await client.searchRead(
    'purchase.line',
    [['purchase', 'in', ids]],
    ['purchase', 'product.code', 'quantity', 'unit.symbol', 'unit_price', 'amount'],
  );
  return inOrder(rows, ids).map((row) => ({
    orderNumber: textOf(row.number),
    reference: textOf(row.reference),
    supplierCode: related(row, 'party', 'code'),
    supplierName: related(row, 'party', 'name'),
    orderedOn: dateText(row.purchase_date),
    currency: related(row, 'currency', 'code'),
    state: textOf(row.state),
    shipmentState: textOf(row.shipment_state),
    invoiceState: textOf(row.invoice_state),
    net: numberText(row.untaxed_amount),
    tax: numberText(row.tax_amount),
    total: numberText(row.total_amount),
    lines: lines
      .filter((line) => line.purchase === row.id)
      .map((line) => ({
        productCode: related(line, 'product', 'code'),
        quantity: numberText(line.quantity),
        unit: related(line, 'unit', 'symbol'),
        unitPrice: numberText(line.unit_price),
        amount: numberText(line.amount),
      })),
  }));
}

async function receipts(client: TrytonClient, ids: readonly number[]): Promise<readonly ReceiptDocument[]> {
  const rows = await client.read('stock.shipment.in', ids, ['number', 'effective_date', 'state', 'incoming_moves']);
  const moves = await client.read(
    'stock.move',
    rows.flatMap((row) => idList(row.incoming_moves)),
    [...['product.code', 'quantity', 'origin']],
  );
  const orderLines = moves.flatMap((move) => lineIdOf(move) ?? []);
  const numbers = new Map(
    (await client.read('purchase.line', orderLines, ['purchase.number'])).map((line) => [
      idOf(line),
      related(line, 'purchase', 'number'),
    ]),
  );
  return inOrder(rows, ids).map((row) => {
    const own = moves.filter((move) => idList(row.incoming_moves).includes(idOf(move)));
    return {
      receiptNumber: textOf(row.number),
      orderNumbers: [...new Set(own.map((move) => numbers.get(lineIdOf(move) ?? 0) ?? ''))],
      receivedOn: dateText(row.effective_date),
      state: textOf(row.state),
      lines: own.map((move) => ({
        productCode: related(move, 'product', 'code'),
        quantity: numberText(move.quantity),
      })),
    };
  });
}

async function invoices(client: TrytonClient, ids: readonly number[]): Promise<readonly InvoiceDocument[]> {
  const fields = ['number', 'purchases', 'reference', 'invoice_date', 'currency.code', 'state'];
  const amounts = ['untaxed_amount', 'tax_amount', 'total_amount'];
  const rows = await client.read('account.invoice', ids, [...fields, ...amounts]);
  const lines = await client.searchRead(
    'account.invoice.line',
    [['invoice', 'in', ids]],
    ['invoice', 'product.code', 'description', 'quantity', 'unit_price', 'amount'],
  );
  const numbers = await orderNumbersOf(client, rows);
  return inOrder(rows, ids).map((row) => ({
    invoiceNumber: textOf(row.number),
    orderNumbers: numbers.get(idOf(row)) ?? [],
    supplierReference: textOf(row.reference),
    invoiceDate: dateText(row.invoice_date),
    currency: related(row, 'currency', 'code'),
    state: textOf(row.state),
    net: numberText(row.untaxed_amount),
    tax: numberText(row.tax_amount),
    total: numberText(row.total_amount),
    lines: lines
      .filter((line) => line.invoice === row.id)
      .map((line) => ({
        productCode: related(line, 'product', 'code'),
        description: textOf(line.description),
        quantity: numberText(line.quantity),
        unitPrice: numberText(line.unit_price),
        amount: numberText(line.amount),
      })),
  }));
}

async function payments(client: TrytonClient, ids: readonly number[]): Promise<readonly PaymentDocument[]> {
  const rows = await client.read('account.payment', ids, [
    ...['number', 'reference', 'amount', 'currency.code', 'date', 'state', 'line.move_origin'],
  ]);
  const invoiceOf = (row: Row): number => referenceId(related(row, 'line', 'move_origin'), 'account.invoice') ?? 0;
  const paid = await client.read('account.invoice', rows.map(invoiceOf).filter(Boolean), ['number', 'purchases']);
  const invoiceNumbers = new Map(paid.map((invoice) => [idOf(invoice), textOf(invoice.number)]));
  const orderNumbers = await orderNumbersOf(client, paid);
  return inOrder(rows, ids).map((row) => ({
    paymentNumber: textOf(row.number),
    reference: textOf(row.reference),
    invoiceNumber: invoiceNumbers.get(invoiceOf(row)) ?? '',
    orderNumbers: orderNumbers.get(invoiceOf(row)) ?? [],
    amount: numberText(row.amount),
    currency: related(row, 'currency', 'code'),
    date: dateText(row.date),
    state: textOf(row.state),
  }));
}

/** Order numbers by invoice identifier. */
async function orderNumbersOf(
  client: TrytonClient,
  rows: readonly Row[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const ids = [...new Set(rows.flatMap((row) => idList(row.purchases)))];
  const purchases = await client.read('purchase.purchase', ids, ['number']);
  const numbers = new Map(purchases.map((purchase) => [idOf(purchase), textOf(purchase.number)]));
  return new Map(rows.map((row) => [idOf(row), idList(row.purchases).map((id) => numbers.get(id) ?? '')]));
}

/** Tryton reads in an order of its own. */
function inOrder(rows: readonly Row[], ids: readonly number[]): readonly Row[] {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  return ids.map((id) => rowOf(byId.get(id)));
}

function lineIdOf(move: Row): number | undefined {
  return referenceId(textOf(move.origin), 'purchase.line');
}

/** The identifier in a reference such as `purchase.line,12`, if it points to that model. */
function referenceId(reference: string, model: string): number | undefined {
  const [name, id] = reference.split(',');
  return name === model ? Number(id) : undefined;
}
