/** What people do in the ERP in memory while Meridian waits, and what tests see of it. */
import type { GoodsReceipt, Payment, PurchaseOrder } from '../../functions/connectors/erp/port.ts';
import { compare, subtract } from '../../functions/money/money.ts';
import { FakeBooks, type InvoiceEntry } from './fake-books.ts';

export class FakeClerks extends FakeBooks {
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

  /** Which order an invoice is of. */
  orderOfInvoice(invoiceId: string): string {
    return this.invoiceById(invoiceId).orderNumber;
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
}
