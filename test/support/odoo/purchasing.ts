/**
 * Purchases in an Odoo in memory, as far as the recorded exchanges go: what a call does to the records, and what it answers.
 * That it answers as the real one did is checked by playing the recordings (`test/contract/erp/odoo-replay.test.ts`).
 */
import { add, compare, multiply, roundToCurrency, subtract, sum } from '../../../functions/money/money.ts';
import { RECORDED } from './exchanges.ts';
import { now, Records, type Row } from './records.ts';

type Values = Readonly<Record<string, unknown>>;

/** Share of the price that the company's default tax adds; products that are created over the API have it. */
const DEFAULT_TAX = '0.15';

/** An exception of Odoo: its name, its status, and what it says. */
export class OdooException extends Error {
  readonly type: string;
  readonly status: number;

  constructor(type: string, status: number, message: string) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

const text = (value: unknown) => String(value ?? '0');
const ids = (value: unknown): readonly number[] => (Array.isArray(value) ? value.map(Number) : []);

export class Purchasing {
  readonly records = new Records();
  /** What the next order and the next bill are called. */
  nextOrder = 1;
  nextBill = 1;
  /** Identifiers of records by their external ids. */
  readonly #external = new Map<string, number>();

  createProduct({ seller_ids, ...values }: Values, tax = DEFAULT_TAX): Row {
    const template = this.records.add('product.template', {
      name: values.name,
      default_code: values.default_code,
    });
    const product = this.records.add('product.product', {
      ...{ purchase_ok: true, uom_id: 1, qty_available: 0, ...values },
      ...{ product_tmpl_id: template.id, tax },
    });
    for (const [, , seller] of (seller_ids ?? []) as [number, number, Values][]) {
      this.records.add('product.supplierinfo', {
        ...{ min_qty: 0, currency_id: 1, ...seller },
        ...{ price_discounted: seller.price, product_tmpl_id: template.id },
      });
    }
    return product;
  }

  createOrder({ order_line, ...values }: Values): Row {
    const order = this.records.add('purchase.order', {
      ...{ name: `P${String(this.nextOrder).padStart(5, '0')}`, state: 'draft', currency_id: 1, ...values },
      ...{ order_line: [], picking_ids: [], invoice_ids: [], receipt_status: false, invoice_status: 'no' },
    });
    this.nextOrder += 1;
    for (const [, , line] of (order_line ?? []) as [number, number, Values][]) {
      this.#addLine(order, line);
    }
    return order;
  }

  /** Writes what has an external id already, and adds what has none or a new one. */
  load(fields: readonly string[], data: readonly (readonly unknown[])[]): number {
    const rows = data.map((cells) => Object.fromEntries(fields.map((field, at) => [field, cells[at]])));
    const [head = {}] = rows;
    const values = Object.fromEntries(
      Object.entries(head).flatMap(([field, value]) =>
        field === 'id' || field.startsWith('order_line/') ? [] : [[field.split('/')[0], value]],
      ),
    );
    const known = this.#external.get(String(head.id));
    const order = known === undefined ? this.createOrder(values) : this.records.change('purchase.order', known, values);
    this.#external.set(String(head.id), order.id);
    for (const row of rows) {
      this.#loadLine(order, row);
    }
    return order.id;
  }

  /** A buyer adds a line. */
  addLine(orderNumber: string, values: Values): void {
    for (const order of this.records.search('purchase.order', [['name', '=', orderNumber]])) {
      this.#addLine(order, values);
    }
  }

  confirm(id: number): boolean {
    const order = this.records.get('purchase.order', id);
    if (order.state === 'draft' || order.state === 'sent') {
      this.records.change('purchase.order', id, { state: 'purchase' });
      const lines = this.#linesOf(order);
      this.#addPicking(
        order,
        lines.map((line) => ({ line, quantity: Number(line.product_qty) })),
      );
    }
    return true;
  }

  cancel(id: number): null {
    const order = this.records.get('purchase.order', id);
    const moves = this.#movesOf(order);
    if (moves.some(({ state }) => state === 'done')) {
      const message = `Unable to cancel purchase order ${order.name} since it has receipts that are already done.`;
      throw new OdooException('odoo.exceptions.UserError', 422, message);
    }
    for (const move of moves) {
      this.records.change('stock.move', move.id, { state: 'cancel' });
    }
    this.records.change('purchase.order', id, { state: 'cancel', receipt_status: false });
    return null;
  }

  /** Without a word about the rest, Odoo asks whether it comes later. */
  validate(pickingId: number, isRestLater: boolean): unknown {
    const moves = this.records.all('stock.move').filter((move) => move.picking_id === pickingId);
    const isPicked = moves.some(({ picked }) => picked === true);
    const done = (move: Row) => (isPicked && move.picked !== true ? 0 : Number(move.quantity));
    const rests = moves
      .map((move) => ({ move, quantity: Number(move.product_uom_qty) - done(move) }))
      .filter(({ quantity }) => quantity > 0);
    if (rests.length > 0 && !isRestLater) {
      const asks = recorded('stock.picking/button_validate', 0) as { context: Values };
      const pickings = { button_validate_picking_ids: [pickingId], default_pick_ids: [[4, pickingId]] };
      return { ...asks, context: { ...asks.context, ...pickings } };
    }
    const order = this.#orderOf(moves[0]);
    for (const move of moves) {
      this.#receive(move, done(move));
    }
    this.#addPicking(
      order,
      rests.map(({ move, quantity }) => ({
        line: this.records.get('purchase.order.line', Number(move.purchase_line_id)),
        quantity,
      })),
    );
    this.recompute(order);
    return true;
  }

  /** A draft of what was received and is not billed yet. */
  createBill(orderId: number): unknown {
    const order = this.records.get('purchase.order', orderId);
    const bill = this.records.add('account.move', {
      ...{ name: false, move_type: 'in_invoice', state: 'draft', payment_state: 'not_paid' },
      ...{ ref: order.partner_ref ?? false, invoice_date: false, currency_id: order.currency_id },
      invoice_line_ids: [],
    });
    for (const line of this.#linesOf(order)) {
      const quantity = subtract(this.#received(line), this.#billed(line));
      if (compare(quantity, '0') > 0) {
        this.addBillLine(bill, { purchase_line_id: line.id, name: this.#nameOf(line), quantity, line });
      }
    }
    this.recompute(order);
    const answer = recorded('purchase.order/action_create_invoice', 0) as { context: Values };
    const context = { ...answer.context, default_partner_id: order.partner_id };
    return { ...answer, res_id: bill.id, context };
  }

  addBillLine(
    bill: Row,
    { line, ...values }: Values & { readonly line?: Row; readonly price?: string; readonly quantity: string },
  ): void {
    const price = values.price ?? text(line?.price_unit);
    const row = this.records.add('account.move.line', {
      ...{ purchase_line_id: false, ...values, move_id: bill.id, display_type: 'product' },
      ...{ quantity: Number(values.quantity), price_unit: Number(price), tax: line?.tax ?? '0' },
      price_subtotal: Number(roundToCurrency(multiply(values.quantity, price), 'CNY')),
    });
    this.records.change('account.move', bill.id, { invoice_line_ids: [...ids(bill.invoice_line_ids), row.id] });
    this.totalBill(bill);
  }

  totalBill(bill: Row): void {
    const lines = ids(bill.invoice_line_ids).map((id) => this.records.get('account.move.line', id));
    const { net, tax, total } = totals(lines);
    this.records.change('account.move', bill.id, {
      ...{ amount_untaxed: net, amount_tax: tax, amount_total: total, amount_residual: total },
    });
  }

  post(id: number): boolean {
    const bill = this.records.get('account.move', id);
    if (bill.state !== 'draft') {
      const message = `The entry ${bill.name} (id ${id}) must be in draft.`;
      throw new OdooException('odoo.exceptions.UserError', 422, message);
    }
    const month = String(bill.invoice_date).slice(0, 7).replace('-', '/');
    const name = `BILL/${month}/${String(this.nextBill).padStart(4, '0')}`;
    this.nextBill += 1;
    this.records.change('account.move', id, { state: 'posted', name });
    return false;
  }

  /** The wizard pays all that the bill owes. */
  openWizard({ communication }: Values, { active_ids }: Values): Row {
    const bill = this.records.get('account.move', ids(active_ids)[0] ?? 0);
    if (compare(text(bill.amount_residual), '0') === 0 || bill.state !== 'posted') {
      const message =
        "You can't register a payment because there is nothing left to pay on the selected journal items.";
      throw new OdooException('odoo.exceptions.UserError', 422, message);
    }
    return this.records.add('account.payment.register', {
      ...{ communication, amount: bill.amount_residual, currency_id: bill.currency_id },
      bill: bill.id,
    });
  }

  /** Odoo Community calls the bill paid with that; whether the bank has paid is said by its statement later. */
  createPayment(wizardId: number): unknown {
    const { communication, amount, currency_id, bill } = this.records.get('account.payment.register', wizardId);
    const entry = this.records.add('account.move', { name: `PBNK1/${wizardId}`, move_type: 'entry', state: 'posted' });
    const payment = this.records.add('account.payment', {
      ...{ memo: communication, amount, currency_id, invoice_ids: [bill], payment_type: 'outbound' },
      ...{ state: 'paid', is_matched: false, move_id: entry.id },
    });
    this.records.change('account.move', Number(bill), { payment_state: 'paid', amount_residual: 0 });
    const answer = recorded('account.payment.register/action_create_payments', 0) as Values;
    return { ...answer, res_id: payment.id };
  }

  cancelPayment(id: number): void {
    const payment = this.records.change('account.payment', id, { state: 'canceled' });
    for (const bill of ids(payment.invoice_ids)) {
      const { amount_total } = this.records.get('account.move', bill);
      this.records.change('account.move', bill, { payment_state: 'not_paid', amount_residual: amount_total });
    }
  }

  recompute(order: Row): void {
    const lines = this.#linesOf(order);
    const { net, tax, total } = totals(lines);
    const open = lines.filter((line) => compare(this.#received(line), text(line.product_qty)) < 0);
    const isBegun = lines.some((line) => compare(this.#received(line), '0') > 0);
    const toBill = lines.some((line) => compare(this.#received(line), this.#billed(line)) !== 0);
    const bills = new Set(lines.flatMap((line) => this.#billLinesOf(line).map(({ move_id }) => Number(move_id))));
    const received = isBegun ? 'partial' : 'pending';
    Object.assign(order, {
      ...{ amount_untaxed: net, amount_tax: tax, amount_total: total, invoice_ids: [...bills] },
      receipt_status: order.state === 'purchase' && (open.length === 0 ? 'full' : received),
      invoice_status: toBill ? 'to invoice' : bills.size > 0 ? 'invoiced' : 'no',
    });
  }

  #addLine(order: Row, values: Values): Row {
    const { tax } = this.records.get('product.product', Number(values.product_id));
    const line = this.records.add('purchase.order.line', {
      ...{ sequence: 10, display_type: false, ...values, order_id: order.id, tax },
      price_subtotal: Number(roundToCurrency(multiply(text(values.product_qty), text(values.price_unit)), 'CNY')),
    });
    order.order_line = [...ids(order.order_line), line.id];
    this.recompute(order);
    return line;
  }

  #loadLine(order: Row, row: Values): void {
    const values = Object.fromEntries(
      Object.entries(row).flatMap(([field, value]) => {
        const [list, name = ''] = field.split('/');
        return list === 'order_line' && name !== 'id' ? [[name, value]] : [];
      }),
    );
    const external = String(row['order_line/id'] ?? '');
    const known = this.#external.get(external);
    if (known !== undefined) {
      this.records.change('purchase.order.line', known, values);
      return;
    }
    const { id } = this.#addLine(order, values);
    if (external !== '') {
      this.#external.set(external, id);
    }
  }

  #addPicking(order: Row, goods: readonly { readonly line: Row; readonly quantity: number }[]): void {
    if (goods.length === 0) {
      return;
    }
    const picking = this.records.add('stock.picking', {});
    this.records.change('stock.picking', picking.id, { name: `WH/IN/${String(picking.id).padStart(5, '0')}` });
    for (const { line, quantity } of goods) {
      this.records.add('stock.move', {
        ...{ picking_id: picking.id, product_id: line.product_id, purchase_line_id: line.id, location_id: 1 },
        ...{ product_uom_qty: quantity, quantity, picked: false, state: 'assigned', date: now() },
      });
    }
    order.picking_ids = [picking.id, ...ids(order.picking_ids)];
    this.recompute(order);
  }

  #receive(move: Row, quantity: number): void {
    const state = quantity > 0 ? 'done' : 'cancel';
    this.records.change('stock.move', move.id, { state, quantity, product_uom_qty: quantity, date: now() });
    const product = this.records.get('product.product', Number(move.product_id));
    product.qty_available = Number(add(text(product.qty_available), text(quantity)));
  }

  #orderOf(move: Row | undefined): Row {
    const line = this.records.get('purchase.order.line', Number(move?.purchase_line_id));
    return this.records.get('purchase.order', Number(line.order_id));
  }

  #linesOf(order: Row): readonly Row[] {
    return ids(order.order_line).map((id) => this.records.get('purchase.order.line', id));
  }

  #movesOf(order: Row): readonly Row[] {
    const lines = ids(order.order_line);
    return this.records.all('stock.move').filter((move) => lines.includes(Number(move.purchase_line_id)));
  }

  #billLinesOf(line: Row): readonly Row[] {
    return this.records.all('account.move.line').filter((row) => row.purchase_line_id === line.id);
  }

  #received(line: Row): string {
    const moves = this.records
      .all('stock.move')
      .filter((move) => move.purchase_line_id === line.id && move.state === 'done');
    return sum(moves.map(({ quantity }) => text(quantity)));
  }

  #billed(line: Row): string {
    return sum(this.#billLinesOf(line).map(({ quantity }) => text(quantity)));
  }

  #nameOf(line: Row): string {
    const { default_code, name } = this.records.get('product.product', Number(line.product_id));
    return `[${default_code}] ${name}`;
  }
}

/** Net amounts, taxes and both of lines. */
function totals(lines: readonly Row[]): { readonly net: number; readonly tax: number; readonly total: number } {
  const net = sum(lines.map(({ price_subtotal }) => text(price_subtotal)));
  const taxes = lines.map(({ price_subtotal, tax }) =>
    roundToCurrency(multiply(text(price_subtotal), String(tax ?? '0')), 'CNY'),
  );
  const tax = sum(taxes);
  return { net: Number(net), tax: Number(tax), total: Number(add(net, tax)) };
}

/** What the real one answered to the first, or a later, call of a method. */
function recorded(method: string, nth: number): unknown {
  return RECORDED.filter(({ path, status }) => path === `/json/2/${method}` && status === 200)[nth]?.response;
}
