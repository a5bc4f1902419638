/** Purchase orders. The key stands in the order's `reference`. */
import * as z from 'zod';
import { roundToCurrency } from '../../../money/money.ts';
import { BusinessRuleError, ConnectorPermanentError } from '../../../runtime/errors.ts';
import type { CommandClaims, CreateOrderCommand, OrderState, PurchaseOrder } from '../port.ts';
import type { TrytonCompany } from './company.ts';
import { makeOnce } from './once.ts';
import type { Domain, TrytonSession } from './session.ts';
import { date, decimal, numberField, referenceTo, textField } from './wire.ts';

const orderShape = z.object({
  id: z.int(),
  number: textField,
  reference: textField,
  state: z.string(),
  shipment_state: z.string(),
  invoice_state: z.string(),
  untaxed_amount: numberField,
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
  'party.code',
  'currency.code',
];

const lineShape = z.object({
  sequence: z.int().nullable(),
  quantity: numberField,
  unit_price: numberField,
  amount: numberField,
  'product.': z.object({ code: textField }).nullable(),
});

/** Creates, quotes and confirms; a half-made order of the key is brought to its end. */
export async function createOrder(
  tryton: TrytonSession,
  company: TrytonCompany,
  claims: CommandClaims,
  command: CreateOrderCommand,
): Promise<PurchaseOrder> {
  const row = await makeOnce<OrderRow>(claims, {
    key: command.key,
    find: () => findRow(tryton, [['reference', '=', command.key]]),
    isFinished: ({ state }) => state !== 'draft' && state !== 'quotation',
    create: async () => {
      await tryton.create('purchase.purchase', await orderValues(tryton, company, command));
    },
    finish: async ({ id, state }) => {
      if (state === 'draft') {
        await tryton.press('purchase.purchase', 'quote', [id]);
      }
      await tryton.press('purchase.purchase', 'confirm', [id]);
    },
    numberOf: ({ number }) => number,
  });
  return orderOf(tryton, row);
}

export async function readOrder(tryton: TrytonSession, domain: Domain): Promise<PurchaseOrder | undefined> {
  const row = await findRow(tryton, domain);
  return row === undefined ? undefined : orderOf(tryton, row);
}

const moveShape = z.object({ id: z.int(), state: z.string(), shipment: referenceTo('stock.shipment.in') });

/**
 * A confirmed order has no cancel button: what is still to come is cancelled, which makes an exception of the order, and
 * the exception is settled by ignoring it. Called again it goes on where it stopped.
 */
export async function cancelOrder(tryton: TrytonSession, orderNumber: string): Promise<void> {
  const order = await findRow(tryton, [['number', '=', orderNumber]]);
  if (order === undefined) {
    throw new ConnectorPermanentError(`Tryton has no order ${orderNumber}`);
  }
  if (stateOf(order) === 'cancelled') {
    return;
  }
  if (order.state === 'draft' || order.state === 'quotation') {
    await tryton.press('purchase.purchase', 'cancel', [order.id]);
    return;
  }
  const domain = [['origin.purchase.id', '=', order.id, 'purchase.line']];
  const moves = await tryton.find('stock.move', domain, moveShape, ['state', 'shipment']);
  if (moves.some(({ state }) => state === 'done')) {
    throw new BusinessRuleError('order-already-received', `goods of ${orderNumber} were received`);
  }
  const open = moves.filter(({ state }) => state !== 'cancelled');
  if (open.some(({ shipment }) => shipment !== undefined)) {
    throw new ConnectorPermanentError(
      `the warehouse is receiving goods of ${orderNumber}: finish or delete the receipt`,
    );
  }
  if (open.length > 0) {
    await tryton.press(
      'stock.move',
      'cancel',
      open.map(({ id }) => id),
    );
  }
  const ids = moves.map(({ id }) => id);
  await tryton.wizard('purchase.handle.shipment.exception', { model: 'purchase.purchase', ids: [order.id] }, 'handle', {
    ask: { domain_moves: ids, ignore_moves: ids, recreate_moves: [] },
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

async function findRow(tryton: TrytonSession, domain: Domain): Promise<OrderRow | undefined> {
  return (await tryton.find('purchase.purchase', domain, orderShape, ORDER_FIELDS))[0];
}

async function orderOf(tryton: TrytonSession, row: OrderRow): Promise<PurchaseOrder> {
  const lines = await tryton.find(
    'purchase.line',
    [
      ['purchase', '=', row.id],
      ['type', '=', 'line'],
    ],
    lineShape,
    ['sequence', 'quantity', 'unit_price', 'amount', 'product.code'],
  );
  const currency = row['currency.'].code;
  return {
    orderNumber: row.number,
    key: row.reference,
    supplierCode: row['party.'].code,
    currency,
    state: stateOf(row),
    lines: lines.map((line) => ({
      lineNumber: line.sequence ?? 0,
      productCode: line['product.']?.code ?? '',
      quantity: line.quantity,
      unitPrice: line.unit_price,
      amount: roundToCurrency(line.amount, currency),
    })),
    total: roundToCurrency(row.untaxed_amount, currency),
  };
}

const partyShape = z.object({
  id: z.int(),
  addresses: z.array(z.int()),
  supplier_payment_term: z.int().nullable(),
});
const productShape = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  purchase_uom: z.int().nullable(),
  'account_category.': z.object({ supplier_taxes: z.array(z.int()).default([]) }).nullable(),
});
const idShape = z.object({ id: z.int() });

/** What Tryton's desktop client would fill in by itself has to be given here. */
async function orderValues(tryton: TrytonSession, company: TrytonCompany, command: CreateOrderCommand) {
  const [party] = await tryton.find('party.party', [['code', '=', command.supplierCode]], partyShape, [
    'addresses',
    'supplier_payment_term',
  ]);
  const [currency] = await tryton.find('currency.currency', [['code', '=', command.currency]], idShape, ['code']);
  const codes = [...new Set(command.lines.map(({ productCode }) => productCode))];
  const products = await tryton.find('product.product', [['code', 'in', codes]], productShape, [
    'code',
    'name',
    'purchase_uom',
    'account_category.supplier_taxes',
  ]);
  if (party === undefined || currency === undefined) {
    throw new ConnectorPermanentError(
      `Tryton has no supplier ${command.supplierCode}, or no currency ${command.currency}`,
    );
  }
  return {
    company: company.companyId,
    party: party.id,
    invoice_address: party.addresses[0] ?? null,
    payment_term: party.supplier_payment_term,
    currency: currency.id,
    warehouse: company.warehouseId,
    purchase_date: date(command.orderDate),
    reference: command.key,
    description: command.description,
    // One invoice per receipt: what is paid is what came.
    invoice_method: 'fulfillment',
    lines: [
      [
        'create',
        command.lines.map((line) => {
          const product = products.find(({ code }) => code === line.productCode);
          if (product === undefined) {
            throw new ConnectorPermanentError(`Tryton has no product ${line.productCode}`);
          }
          return {
            type: 'line',
            sequence: line.lineNumber,
            product: product.id,
            description: product.name,
            quantity: Number(line.quantity),
            unit: product.purchase_uom,
            unit_price: decimal(line.unitPrice),
            taxes: [['add', product['account_category.']?.supplier_taxes ?? []]],
          };
        }),
      ],
    ],
  };
}
