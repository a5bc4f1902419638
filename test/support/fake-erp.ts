/**
 * An ERP in memory behind the port, with the clerks who work in it and switches for what can go wrong. It passes the
 * contract suite that the adapters pass (`test/contract/erp/`).
 */
import type {
  Budget,
  CreateOrderCommand,
  ErpChanges,
  ErpFact,
  ErpPort,
  GoodsReceipt,
  OrderState,
  Payment,
  PaymentState,
  ProductFacts,
  PurchaseOrder,
  RequestPaymentCommand,
  Supplier,
  SupplierInvoice,
} from '../../functions/connectors/erp/port.ts';
import { add, compare, multiply, roundToCurrency, subtract, sum } from '../../functions/money/money.ts';
import type { Clock } from '../../functions/runtime/ambient.ts';
import { BusinessRuleError, ConnectorPermanentError } from '../../functions/runtime/errors.ts';
import { COMPANY_CURRENCY, CURRENCIES, PRODUCTS, SUPPLIERS } from '../../local/tryton/company-data.ts';
import { budgetIn } from './fake-budget.ts';
import { type ErpFault, faultyCall } from './faulty-call.ts';

type InvoiceLine = SupplierInvoice['lines'][number];

/** What the accounting clerk types in that differs from what was received. */
export interface InvoiceEntry {
  readonly supplierReference?: string;
  /** Price per unit by line number. */
  readonly prices?: { readonly [lineNumber: number]: string };
  /** Quantity by line number; without it, what was received and is not invoiced yet. */
  readonly quantities?: { readonly [lineNumber: number]: string };
  /** Instead of the order's. */
  readonly currency?: string;
  readonly extraLine?: { readonly description: string; readonly amount: string };
}

export class FakeErp implements ErpPort {
  /** Asked at each call of the port, with the operation's name, numbered from 1. */
  fault: (operation: keyof ErpPort, call: number) => ErpFault = () => undefined;
  /** Operations called so far, in order. */
  readonly calls: (keyof ErpPort)[] = [];
  readonly links: { readonly orderNumber: string; readonly title: string; readonly url: string }[] = [];
  private readonly orders: PurchaseOrder[] = [];
  private readonly receipts: GoodsReceipt[] = [];
  private readonly invoices: SupplierInvoice[] = [];
  private readonly payments: Payment[] = [];
  private readonly facts: ErpFact[] = [];
  /** By order number. */
  private readonly charged = new Map<string, { readonly costCentre: string; readonly orderDate: string }>();
  /** Invoices that are being typed anew. */
  private readonly drafts = new Set<string>();
  private readonly clock: Clock;

  constructor({ clock }: { readonly clock: Clock }) {
    this.clock = clock;
  }

  findSupplier(code: string): Promise<Supplier | undefined> {
    return this.call('findSupplier', () => {
      const found = SUPPLIERS.find((supplier) => supplier.code === code);
      return found === undefined ? undefined : { code, name: found.name };
    });
  }

  findProducts(codes: readonly string[], supplierCode: string): Promise<readonly ProductFacts[]> {
    return this.call('findProducts', () =>
      codes.flatMap((code) => {
        const product = PRODUCTS.find((candidate) => candidate.code === code);
        return product === undefined ? [] : [productFacts(product, supplierCode)];
      }),
    );
  }

  exchangeRate(currency: string, _date: string): Promise<string | undefined> {
    return this.call('exchangeRate', () => rateOf(currency));
  }

  readBudget(costCentre: string, date: string): Promise<Budget | undefined> {
    return this.call('readBudget', () => {
      const orders = this.orders.flatMap((order) => {
        const terms = this.charged.get(order.orderNumber);
        return terms === undefined ? [] : [{ order, ...terms }];
      });
      const invoices = this.invoices.filter(({ invoiceId }) => !this.drafts.has(invoiceId));
      const books = { orders, invoices, rateOf: (currency: string) => rateOf(currency) ?? '0' };
      return budgetIn(books, costCentre, date.slice(0, 4));
    });
  }

  createOrder(command: CreateOrderCommand): Promise<PurchaseOrder> {
    return this.call('createOrder', () => {
      const earlier = this.orders.find((order) => order.key === command.key);
      if (earlier !== undefined) {
        return earlier;
      }
      return this.addOrder(command);
    });
  }

  readOrder(orderNumber: string): Promise<PurchaseOrder | undefined> {
    return this.call('readOrder', () => this.orders.find((order) => order.orderNumber === orderNumber));
  }

  findOrder(key: string): Promise<PurchaseOrder | undefined> {
    return this.call('findOrder', () => this.orders.find((order) => order.key === key));
  }

  cancelOrder(orderNumber: string): Promise<void> {
    return this.call('cancelOrder', () => {
      if (this.receipts.some((receipt) => receipt.orderNumber === orderNumber)) {
        throw new BusinessRuleError('order-already-received', `goods of ${orderNumber} were received`);
      }
      this.setOrderState(orderNumber, 'cancelled');
    });
  }

  readReceipts(orderNumber: string): Promise<readonly GoodsReceipt[]> {
    return this.call('readReceipts', () => this.receipts.filter((receipt) => receipt.orderNumber === orderNumber));
  }

  readInvoices(orderNumber: string): Promise<readonly SupplierInvoice[]> {
    return this.call('readInvoices', () =>
      this.invoices.filter((invoice) => invoice.orderNumber === orderNumber && !this.drafts.has(invoice.invoiceId)),
    );
  }

  requestPayment(command: RequestPaymentCommand): Promise<Payment> {
    return this.call('requestPayment', () => {
      const earlier = this.payments.find((payment) => payment.key === command.key);
      if (earlier !== undefined) {
        return earlier;
      }
      return this.addPayment(command);
    });
  }

  readPayment(paymentNumber: string): Promise<Payment | undefined> {
    return this.call('readPayment', () => this.payments.find((payment) => payment.paymentNumber === paymentNumber));
  }

  linkRecord(orderNumber: string, title: string, url: string): Promise<void> {
    return this.call('linkRecord', () => {
      if (!this.links.some((link) => link.orderNumber === orderNumber && link.url === url)) {
        this.links.push({ orderNumber, title, url });
      }
    });
  }

  changesSince(watermark: string | undefined): Promise<ErpChanges> {
    return this.call('changesSince', () => {
      const now = String(this.facts.length);
      // The last fact before the watermark comes again, as it may from any ERP.
      const facts = watermark === undefined ? [] : this.facts.slice(Math.max(0, Number(watermark) - 1));
      return { facts, watermark: now };
    });
  }

  /** All orders, for assertions. */
  allOrders(): readonly PurchaseOrder[] {
    return this.orders;
  }

  /** All receipts. */
  allReceipts(): readonly GoodsReceipt[] {
    return this.receipts;
  }

  /** All payments, for assertions. */
  allPayments(): readonly Payment[] {
    return this.payments;
  }

  /** How many documents stand under each key, for assertions. */
  documentsPerKey(): readonly number[] {
    const keys = [...this.orders, ...this.payments].map(({ key }) => key);
    return [...new Set(keys)].map((key) => keys.filter((other) => other === key).length);
  }

  /** Somebody changes an order in the ERP itself. */
  changeOrder(orderNumber: string, changes: Partial<PurchaseOrder>): void {
    const order = this.orderOf(orderNumber);
    this.orders[this.orders.indexOf(order)] = { ...order, ...changes };
  }

  /** Whether anything arrived. */
  hasReceived(): boolean {
    return this.receipts.some(({ lines }) => lines.length > 0);
  }

  /** Whether an invoice is paid. */
  isPaid(invoiceId: string): boolean {
    return this.invoiceById(invoiceId).state === 'paid';
  }

  /** Invoices that are entered and not in the books yet. */
  openInvoices(): readonly string[] {
    return this.invoices.filter(({ state }) => state === 'entered').map(({ invoiceId }) => invoiceId);
  }

  /** The warehouse clerk receives quantities by line number; without them, all that is missing. */
  receiveGoods(orderNumber: string, quantities?: { readonly [lineNumber: number]: string }): void {
    const order = this.orderOf(orderNumber);
    const lines = order.lines
      .map(({ lineNumber, quantity }) => ({
        lineNumber,
        quantity:
          quantities === undefined
            ? subtract(quantity, this.received(orderNumber, lineNumber))
            : (quantities[lineNumber] ?? '0'),
      }))
      .filter((line) => compare(line.quantity, '0') > 0);
    const receiptNumber = `GR-${this.receipts.length + 1}`;
    this.receipts.push({ receiptNumber, orderNumber, receivedOn: this.today(), lines });
    this.happened({ type: 'GoodsReceived', orderNumber, receiptNumber, occurredAt: this.instant() });
  }

  /** The accounting clerk enters the supplier's invoice for what was received and is not invoiced yet. */
  enterInvoice(orderNumber: string, entry: InvoiceEntry = {}): string {
    const invoiceId = `INV-${this.invoices.length + 1}`;
    this.invoices.push(this.invoiceOf(invoiceId, orderNumber, entry));
    this.happened({ type: 'SupplierInvoiceReceived', orderNumber, invoiceId, occurredAt: this.instant() });
    return invoiceId;
  }

  /** The accounting clerk takes an invoice back to type it anew; nobody is told. */
  takeBackInvoice(invoiceId: string): void {
    this.drafts.add(invoiceId);
  }

  /** The accounting clerk types an invoice anew. */
  correctInvoice(invoiceId: string, entry: InvoiceEntry): void {
    const { orderNumber } = this.invoiceById(invoiceId);
    this.drafts.delete(invoiceId);
    this.replaceInvoice({ ...this.invoiceById(invoiceId), lines: [], state: 'cancelled' });
    this.replaceInvoice(this.invoiceOf(invoiceId, orderNumber, entry));
    this.happened({ type: 'SupplierInvoiceReceived', orderNumber, invoiceId, occurredAt: this.instant() });
  }

  /** The bank has paid. */
  confirmPayment(paymentNumber: string): void {
    const payment = this.setPaymentState(paymentNumber, 'completed');
    const invoice = this.invoiceById(payment.invoiceId);
    this.replaceInvoice({ ...invoice, state: 'paid' });
    this.setOrderState(invoice.orderNumber, 'done');
    this.happened({
      type: 'PaymentCompleted',
      orderNumber: invoice.orderNumber,
      paymentNumber,
      occurredAt: this.instant(),
    });
  }

  /** The accounting clerk pays an invoice without Meridian. */
  payByHand(invoiceId: string): void {
    const invoice = this.invoiceById(invoiceId);
    this.replaceInvoice({ ...invoice, state: 'paid' });
    const { orderNumber } = invoice;
    this.happened({ type: 'SupplierInvoiceReceived', orderNumber, invoiceId, occurredAt: this.instant() });
  }

  /** The bank has refused. The poller of an ERP that reports no failed payments finds nothing. */
  failPayment(paymentNumber: string): void {
    const payment = this.setPaymentState(paymentNumber, 'failed');
    const { orderNumber } = this.invoiceById(payment.invoiceId);
    this.happened({ type: 'PaymentCompleted', orderNumber, paymentNumber, occurredAt: this.instant() });
  }

  /** Somebody cancels the order in the ERP itself. */
  cancelOrderInErp(orderNumber: string): void {
    this.setOrderState(orderNumber, 'cancelled');
    this.happened({ type: 'PurchaseOrderCancelled', orderNumber, occurredAt: this.instant() });
  }

  /** One more order, whatever key it has. */
  protected addOrder(command: CreateOrderCommand): PurchaseOrder {
    const { currency } = command;
    const lines = command.lines.map((line) => ({
      ...line,
      amount: amountOf(line.quantity, line.unitPrice, currency),
    }));
    const order: PurchaseOrder = {
      orderNumber: `PO-${this.orders.length + 1}`,
      key: command.key,
      supplierCode: command.supplierCode,
      currency: command.currency,
      state: 'confirmed',
      lines,
      total: roundToCurrency(sum(lines.map((line) => line.amount)), currency),
      tax: roundToCurrency('0', currency),
    };
    this.orders.push(order);
    const { costCentre, orderDate } = command;
    this.charged.set(order.orderNumber, { costCentre, orderDate });
    return order;
  }

  /** One more payment, whatever key it has. */
  protected addPayment(command: RequestPaymentCommand): Payment {
    const invoice = this.invoices.find((candidate) => candidate.invoiceId === command.invoiceId);
    if (invoice === undefined) {
      throw new ConnectorPermanentError(`there is no invoice ${command.invoiceId}`);
    }
    if (compare(invoice.total, command.amount.amount) !== 0 || invoice.currency !== command.amount.currency) {
      throw new BusinessRuleError('payment-differs-from-invoice', `${invoice.total} is due on ${invoice.invoiceId}`);
    }
    this.replaceInvoice({ ...invoice, state: 'posted' });
    const payment: Payment = {
      paymentNumber: `PAY-${this.payments.length + 1}`,
      key: command.key,
      invoiceId: command.invoiceId,
      amount: command.amount,
      state: 'processing',
    };
    this.payments.push(payment);
    return payment;
  }

  private call<Result>(operation: keyof ErpPort, work: () => Result): Promise<Result> {
    this.calls.push(operation);
    return faultyCall(this.fault(operation, this.calls.length), work);
  }

  private invoiceOf(invoiceId: string, orderNumber: string, entry: InvoiceEntry): SupplierInvoice {
    const order = this.orderOf(orderNumber);
    const lines: InvoiceLine[] = order.lines
      .map(({ lineNumber, productCode, unitPrice }) => {
        const open = subtract(this.received(orderNumber, lineNumber), this.invoiced(orderNumber, lineNumber));
        const quantity = entry.quantities?.[lineNumber] ?? open;
        const price = entry.prices?.[lineNumber] ?? unitPrice;
        return {
          lineNumber,
          description: productCode,
          quantity,
          unitPrice: price,
          amount: amountOf(quantity, price, order.currency),
        };
      })
      .filter((line) => compare(line.quantity, '0') > 0);
    const { extraLine } = entry;
    const all: InvoiceLine[] =
      extraLine === undefined ? lines : [...lines, { ...extraLine, quantity: '1', unitPrice: extraLine.amount }];
    return {
      invoiceId,
      orderNumber,
      supplierReference: entry.supplierReference ?? `S-${invoiceId}`,
      invoiceDate: this.today(),
      currency: entry.currency ?? order.currency,
      state: 'entered',
      lines: all,
      tax: '0',
      total: roundToCurrency(sum(all.map((line) => line.amount)), order.currency),
    };
  }

  private received(orderNumber: string, lineNumber: number): string {
    return quantityOf(
      this.receipts.filter((receipt) => receipt.orderNumber === orderNumber),
      lineNumber,
    );
  }

  private invoiced(orderNumber: string, lineNumber: number): string {
    return quantityOf(
      this.invoices.filter((invoice) => invoice.orderNumber === orderNumber && invoice.state !== 'cancelled'),
      lineNumber,
    );
  }

  private orderOf(orderNumber: string): PurchaseOrder {
    return found(this.orders, (order) => order.orderNumber === orderNumber, orderNumber);
  }

  private invoiceById(invoiceId: string): SupplierInvoice {
    return found(this.invoices, (invoice) => invoice.invoiceId === invoiceId, invoiceId);
  }

  private setOrderState(orderNumber: string, state: OrderState): void {
    const order = this.orderOf(orderNumber);
    this.orders[this.orders.indexOf(order)] = { ...order, state };
  }

  private setPaymentState(paymentNumber: string, state: PaymentState): Payment {
    const payment = found(this.payments, (candidate) => candidate.paymentNumber === paymentNumber, paymentNumber);
    const next = { ...payment, state };
    this.payments[this.payments.indexOf(payment)] = next;
    return next;
  }

  private replaceInvoice(invoice: SupplierInvoice): void {
    this.invoices[this.invoices.indexOf(this.invoiceById(invoice.invoiceId))] = invoice;
  }

  private happened(fact: ErpFact): void {
    this.facts.push(fact);
  }

  private instant(): string {
    return this.clock.now().toISOString();
  }

  private today(): string {
    return this.instant().slice(0, 10);
  }
}

function productFacts(product: (typeof PRODUCTS)[number], supplierCode: string): ProductFacts {
  const { code, name, unit, onHand, supplier, price, category } = product;
  const currency = SUPPLIERS.find((candidate) => candidate.code === supplier)?.currency ?? COMPANY_CURRENCY;
  return {
    code,
    name,
    unit,
    ...(category === undefined ? {} : { categories: [category] }),
    onHand: String(onHand),
    ...(supplier === supplierCode ? { supplierPrice: { amount: price, currency } } : {}),
  };
}

/** The company's units for one of the currency: rates are kept against the dollar. */
function rateOf(currency: string): string | undefined {
  const own = CURRENCIES.find((candidate) => candidate.code === COMPANY_CURRENCY)?.rate;
  const other = CURRENCIES.find((candidate) => candidate.code === currency)?.rate;
  if (currency === COMPANY_CURRENCY) {
    return '1';
  }
  return own === undefined || other === undefined ? undefined : String(Number(own) / Number(other));
}

function amountOf(quantity: string, unitPrice: string, currency: string): string {
  return roundToCurrency(multiply(quantity, unitPrice), currency);
}

function quantityOf(
  documents: readonly { readonly lines: readonly { readonly lineNumber?: number; readonly quantity: string }[] }[],
  lineNumber: number,
): string {
  return documents
    .flatMap((document) => document.lines)
    .filter((line) => line.lineNumber === lineNumber)
    .reduce((total, line) => add(total, line.quantity), '0');
}

function found<T>(all: readonly T[], is: (candidate: T) => boolean, name: string): T {
  const one = all.find(is);
  if (one === undefined) {
    throw new Error(`the fake ERP has no ${name}`);
  }
  return one;
}
