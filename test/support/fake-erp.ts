/**
 * An ERP in memory behind the port, with the clerks who work in it and switches for what can go wrong. It passes the
 * contract suite that the adapters pass (`test/contract/erp/`).
 */
import type {
  Budget,
  CreateOrderCommand,
  ErpChanges,
  ErpPort,
  GoodsReceipt,
  Payment,
  ProductFacts,
  PurchaseOrder,
  RequestPaymentCommand,
  Supplier,
  SupplierInvoice,
} from '../../functions/connectors/erp/port.ts';
import { BusinessRuleError } from '../../functions/runtime/errors.ts';
import { PRODUCTS, SUPPLIERS } from '../../local/tryton/company-data.ts';
import { budgetIn } from './fake-budget.ts';
import { FakeClerks } from './fake-clerks.ts';
import { productFacts, rateOf } from './fake-master-data.ts';
import { type ErpFault, faultyCall } from './faulty-call.ts';

export class FakeErp extends FakeClerks implements ErpPort {
  /** Asked at each call of the port, with the operation's name, numbered from 1. */
  fault: (operation: keyof ErpPort, call: number) => ErpFault = () => undefined;
  /** Operations called so far, in order. */
  readonly calls: (keyof ErpPort)[] = [];
  readonly links: { readonly orderNumber: string; readonly title: string; readonly url: string }[] = [];

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

  private call<Result>(operation: keyof ErpPort, work: () => Result): Promise<Result> {
    this.calls.push(operation);
    return faultyCall(this.fault(operation, this.calls.length), work);
  }
}
