/** Purchase orders. The key stands in the order's `reference`. */
import * as z from 'zod';
import { roundToCurrency } from '../../../money/money.ts';
import { BusinessRuleError, ConnectorPermanentError } from '../../../runtime/errors.ts';
import { carryOn, createOnce, furthest } from '../once.ts';
import { RefusedError } from '../outcome.ts';
import type { CommandClaims, CreateOrderCommand, OrderState, PurchaseOrder } from '../port.ts';
import { isSameOrder } from '../same-order.ts';
import type { TrytonCompany } from './company.ts';
import { lineValues, readOrderLines } from './order-lines.ts';
import type { Domain, TrytonSession } from './session.ts';
import { date, numberField, textField } from './wire.ts';

const orderShape = z.object({
  id: z.int(),
  number: textField,
  reference: textField,
  state: z.string(),
  shipment_state: z.string(),
  invoice_state: z.string(),
  untaxed_amount: numberField,
  tax_amount: numberField,
  'party.': z.object({ code: textField }),
  'currency.': z.object({ code: z.string() }),
});
type OrderRow = z.infer<typeof orderShape>;
const ORDER_FIELDS = [
  'number',
  'reference',
  'state',
  'shipment_state',
  'invoice_state',
  'untaxed_amount',
  'tax_amount',
  'party.code',
  'currency.code',
];

/** From the least to the furthest. */
const ORDER_STATES = ['cancelled', 'draft', 'quotation', 'confirmed', 'processing', 'done'];
const ORDER = 'purchase.purchase';

/** Creates, quotes and confirms; a half-made order of the key is brought to its end. */
export async function createOrder(
  tryton: TrytonSession,
  company: TrytonCompany,
  claims: CommandClaims,
  command: CreateOrderCommand,
): Promise<PurchaseOrder> {
  const { key } = command;
  const { id } = await createOnce<OrderRow>({
    claims,
    key,
    find: () => findByKey(tryton, key),
    prepare: () => orderValues(tryton, company, command),
    create: (values) => tryton.create(ORDER, values),
    discard: (twin) => tryton.delete(ORDER, twin),
  });
  const row = await carryOn(() => demandRow(tryton, ['id', '=', id]), {
    draft: () => tryton.press(ORDER, 'quote', [id]),
    quotation: async (quoted) => {
      await refuseDifference(tryton, quoted, command);
      await tryton.press(ORDER, 'confirm', [id]);
    },
  });
  await claims.complete(key, row.number);
  return orderOf(tryton, row);
}

/** An order that stood half-made may have been changed by people meanwhile: only what was approved is confirmed. */
async function refuseDifference(tryton: TrytonSession, row: OrderRow, command: CreateOrderCommand): Promise<void> {
  if (!isSameOrder(await orderOf(tryton, row), command)) {
    throw new RefusedError(`order ${row.number} in Tryton differs from what was approved: mend it there`);
  }
}

export async function readOrder(tryton: TrytonSession, orderNumber: string): Promise<PurchaseOrder | undefined> {
  const [row] = await findRows(tryton, ['number', '=', orderNumber]);
  return row === undefined ? undefined : orderOf(tryton, row);
}

export async function findOrder(tryton: TrytonSession, key: string): Promise<PurchaseOrder | undefined> {
  const row = await findByKey(tryton, key);
  return row === undefined ? undefined : orderOf(tryton, row);
}

const moveShape = z.object({ id: z.int(), state: z.string(), shipment: textField });

/**
 * A confirmed order has no cancel button: what is still to come is cancelled, which makes an exception of the order, and
 * the exception is settled by ignoring it. Called again it goes on where it stopped.
 */
export async function cancelOrder(tryton: TrytonSession, orderNumber: string): Promise<void> {
  const { id } = await demandRow(tryton, ['number', '=', orderNumber]);
  const order = await carryOn(() => demandRow(tryton, ['id', '=', id]), {
    draft: () => tryton.press(ORDER, 'cancel', [id]),
    quotation: () => tryton.press(ORDER, 'cancel', [id]),
    confirmed: () => tryton.press(ORDER, 'draft', [id]),
  });
  if (stateOf(order) === 'cancelled') {
    return;
  }
  await refuseIfReceived(tryton, order);
  try {
    await giveUp(tryton, order);
  } catch (error) {
    // The warehouse may have been faster.
    await refuseIfReceived(tryton, order);
    throw error;
  }
}

function movesOf(tryton: TrytonSession, order: OrderRow) {
  return tryton.find('stock.move', [['origin.purchase.id', '=', order.id, 'purchase.line']], moveShape, [
    'state',
    'shipment',
  ]);
}

async function refuseIfReceived(tryton: TrytonSession, order: OrderRow): Promise<void> {
  if ((await movesOf(tryton, order)).some(({ state }) => state === 'done')) {
    throw new BusinessRuleError('order-already-received', `goods of ${order.number} were received`);
  }
}

async function giveUp(tryton: TrytonSession, order: OrderRow): Promise<void> {
  const open = (await movesOf(tryton, order)).filter(({ state }) => state !== 'cancelled');
  if (open.some(({ shipment }) => shipment !== '')) {
    throw new RefusedError(`the warehouse is receiving goods of ${order.number}: finish or delete the receipt`);
  }
  if (open.length > 0) {
    await tryton.press(
      'stock.move',
      'cancel',
      open.map(({ id }) => id),
    );
  }
  const shipmentState = async () => ({ state: (await demandRow(tryton, ['id', '=', order.id])).shipment_state });
  await carryOn(shipmentState, { exception: () => ignoreException(tryton, order) });
}

async function ignoreException(tryton: TrytonSession, order: OrderRow): Promise<void> {
  const moves = (await movesOf(tryton, order)).map(({ id }) => id);
  await tryton.wizard('purchase.handle.shipment.exception', { model: ORDER, ids: [order.id] }, 'handle', {
    ask: { domain_moves: moves, ignore_moves: moves, recreate_moves: [] },
  });
}

/** An order that was given up after its confirmation ends as `done` with nothing received and nothing to pay. */
export function stateOf(row: Pick<OrderRow, 'state' | 'shipment_state' | 'invoice_state'>): OrderState {
  const isGivenUp = row.state === 'done' && row.shipment_state === 'none' && row.invoice_state === 'none';
  return isGivenUp ? 'cancelled' : (STATES[row.state] ?? 'confirmed');
}

const STATES: { readonly [state: string]: OrderState } = {
  draft: 'draft',
  quotation: 'draft',
  done: 'done',
  cancelled: 'cancelled',
};

function findRows(tryton: TrytonSession, condition: Domain): Promise<readonly OrderRow[]> {
  return tryton.find(ORDER, [condition], orderShape, ORDER_FIELDS);
}

async function findByKey(tryton: TrytonSession, key: string): Promise<OrderRow | undefined> {
  return furthest(await findRows(tryton, ['reference', '=', key]), ORDER_STATES);
}

async function demandRow(tryton: TrytonSession, condition: Domain): Promise<OrderRow> {
  const [row] = await findRows(tryton, condition);
  if (row === undefined) {
    throw new ConnectorPermanentError(`Tryton has no order with ${condition.join(' ')}`);
  }
  return row;
}

async function orderOf(tryton: TrytonSession, row: OrderRow): Promise<PurchaseOrder> {
  const currency = row['currency.'].code;
  const lines = await readOrderLines(tryton, ['purchase', '=', row.id]);
  return {
    orderNumber: row.number,
    key: row.reference,
    supplierCode: row['party.'].code,
    currency,
    state: stateOf(row),
    lines: lines.map(({ lineNumber, quantity, unit_price, amount, 'product.': product }) => ({
      lineNumber,
      productCode: product?.code ?? '',
      quantity,
      unitPrice: unit_price,
      amount: roundToCurrency(amount, currency),
    })),
    total: roundToCurrency(row.untaxed_amount, currency),
    tax: roundToCurrency(row.tax_amount, currency),
  };
}

const idShape = z.object({ id: z.int() });
const partyShape = z.object({
  id: z.int(),
  addresses: z.array(z.int()),
  supplier_payment_term: z.int().nullable(),
});

/** What Tryton's desktop client would fill in by itself has to be given here. */
async function orderValues(tryton: TrytonSession, company: TrytonCompany, command: CreateOrderCommand) {
  const [party] = await tryton.find('party.party', [['code', '=', command.supplierCode]], partyShape, [
    'addresses',
    'supplier_payment_term',
  ]);
  const [currency] = await tryton.find('currency.currency', [['code', '=', command.currency]], idShape, ['code']);
  if (party === undefined || currency === undefined) {
    const missing = party === undefined ? `supplier ${command.supplierCode}` : `currency ${command.currency}`;
    throw new RefusedError(`Tryton has no ${missing}`);
  }
  return {
    company: company.companyId,
    party: party.id,
    invoice_address: await invoiceAddress(tryton, party.addresses),
    payment_term: party.supplier_payment_term,
    currency: currency.id,
    warehouse: command.warehouse === undefined ? company.warehouseId : await warehouseOf(tryton, command.warehouse),
    purchase_date: date(command.orderDate),
    reference: command.key,
    description: command.description,
    // One invoice per receipt: what is paid is what came.
    invoice_method: 'fulfillment',
    lines: [['create', await lineValues(tryton, company, command)]],
  };
}

async function warehouseOf(tryton: TrytonSession, code: string): Promise<number> {
  const domain = [
    ['type', '=', 'warehouse'],
    ['code', '=', code],
  ];
  const [warehouse] = await tryton.find('stock.location', domain, idShape, ['code']);
  if (warehouse === undefined) {
    throw new RefusedError(`Tryton has no warehouse ${code}`);
  }
  return warehouse.id;
}

// A boolean that comes as 0 and 1 from sqlite.
const addressShape = z.object({ id: z.int(), invoice: z.coerce.boolean() });

async function invoiceAddress(tryton: TrytonSession, ids: readonly number[]): Promise<number | null> {
  const addresses = await tryton.find('party.address', [['id', 'in', ids]], addressShape, ['invoice']);
  return (addresses.find(({ invoice }) => invoice) ?? addresses[0])?.id ?? null;
}

/** Nothing in Tryton makes an attachment unique: it is looked for first. */
export async function linkRecord(
  tryton: TrytonSession,
  orderNumber: string,
  title: string,
  url: string,
): Promise<void> {
  const { id } = await demandRow(tryton, ['number', '=', orderNumber]);
  const resource = `${ORDER},${id}`;
  const domain = [
    ['resource', '=', resource],
    ['link', '=', url],
  ];
  const there = await tryton.find('ir.attachment', domain, idShape, ['name']);
  if (there.length === 0) {
    await tryton.create('ir.attachment', { name: title, type: 'link', link: url, resource });
  }
}
