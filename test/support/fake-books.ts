/** The documents of the ERP in memory: how they come to be, change, and are told of. */
import type {
  CreateOrderCommand,
  ErpFact,
  GoodsReceipt,
  OrderState,
  Payment,
  PaymentState,
  PurchaseOrder,
  RequestPaymentCommand,
  SupplierInvoice,
} from '../../functions/connectors/erp/port.ts';
import { add, compare, multiply, roundToCurrency, subtract, sum } from '../../functions/money/money.ts';
import type { Clock } from '../../functions/runtime/ambient.ts';
import { BusinessRuleError, ConnectorPermanentError } from '../../functions/runtime/errors.ts';

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

export class FakeBooks {
  protected readonly orders: PurchaseOrder[] = [];
  protected readonly receipts: GoodsReceipt[] = [];
  protected readonly invoices: SupplierInvoice[] = [];
  protected readonly payments: Payment[] = [];
  protected readonly facts: ErpFact[] = [];
  /** By order number. */
  protected readonly charged = new Map<string, { readonly costCentre: string; readonly orderDate: string }>();
  /** Invoices that are being typed anew. */
  protected readonly drafts = new Set<string>();
  protected readonly clock: Clock;

  constructor({ clock }: { readonly clock: Clock }) {
    this.clock = clock;
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

  protected invoiceOf(invoiceId: string, orderNumber: string, entry: InvoiceEntry): SupplierInvoice {
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

  protected received(orderNumber: string, lineNumber: number): string {
    return quantityOf(
      this.receipts.filter((receipt) => receipt.orderNumber === orderNumber),
      lineNumber,
    );
  }

  protected invoiced(orderNumber: string, lineNumber: number): string {
    return quantityOf(
      this.invoices.filter((invoice) => invoice.orderNumber === orderNumber && invoice.state !== 'cancelled'),
      lineNumber,
    );
  }

  protected orderOf(orderNumber: string): PurchaseOrder {
    return found(this.orders, (order) => order.orderNumber === orderNumber, orderNumber);
  }

  protected invoiceById(invoiceId: string): SupplierInvoice {
    return found(this.invoices, (invoice) => invoice.invoiceId === invoiceId, invoiceId);
  }

  protected setOrderState(orderNumber: string, state: OrderState): void {
    const order = this.orderOf(orderNumber);
    this.orders[this.orders.indexOf(order)] = { ...order, state };
  }

  protected setPaymentState(paymentNumber: string, state: PaymentState): Payment {
    const payment = found(this.payments, (candidate) => candidate.paymentNumber === paymentNumber, paymentNumber);
    const next = { ...payment, state };
    this.payments[this.payments.indexOf(payment)] = next;
    return next;
  }

  protected replaceInvoice(invoice: SupplierInvoice): void {
    this.invoices[this.invoices.indexOf(this.invoiceById(invoice.invoiceId))] = invoice;
  }

  protected happened(fact: ErpFact): void {
    this.facts.push(fact);
  }

  protected instant(): string {
    return this.clock.now().toISOString();
  }

  protected today(): string {
    return this.instant().slice(0, 10);
  }
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
