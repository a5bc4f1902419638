/**
 * The ERP as Meridian sees it, in business words. An adapter hides one vendor's protocol and format behind it; every
 * adapter and the in-memory fake pass one contract suite (`test/contract/erp/`).
 *
 * Errors of every operation: `ConnectorTransientError` (down, slow, lost reply: the caller may ask again, since every
 * command is idempotent on its key), `ConnectorPermanentError` (the ERP refuses and a person must look),
 * `BusinessRuleError` (named rules below), `ConfigError` (credentials refused or configuration missing).
 *
 * Numbers are plain decimal strings; money carries its ISO 4217 currency; dates are calendar dates `YYYY-MM-DD` of the
 * company's time zone; instants are ISO 8601 in UTC.
 */
import type { Money } from '../../money/money.ts';

/** A supplier by the company's own code. */
export interface Supplier {
  readonly code: string;
  readonly name: string;
}

/** A product as the ERP sells it to us now. */
export interface ProductFacts {
  readonly code: string;
  readonly name: string;
  /** Unit of measure of the quantities, such as `Unit` or `kg`. */
  readonly unit: string;
  /** Codes of the categories that the ERP has it in, in order; undefined: it has none. Rules of approval name them. */
  readonly categories?: readonly string[];
  /** On hand in the company's warehouse now. */
  readonly onHand: string;
  /** What this supplier asks per unit, in the currency of the supplier's price; undefined: no price agreed. */
  readonly supplierPrice?: Money;
}

export interface OrderLineCommand {
  /** Position on the requisition, from 1; comes back on the order, receipts and invoices. */
  readonly lineNumber: number;
  readonly productCode: string;
  readonly quantity: string;
  /** Price per unit in the order's currency; up to 4 digits after the point. */
  readonly unitPrice: string;
}

export interface CreateOrderCommand {
  /** Idempotency key, stable for the process and step; at most 60 characters of [A-Za-z0-9-]. */
  readonly key: string;
  readonly supplierCode: string;
  readonly currency: string;
  readonly orderDate: string;
  readonly description: string;
  /** Whose budget the order is charged to, by the company's own code; an ERP that keeps no such cost centre orders without it. */
  readonly costCentre: string;
  /** The ERP's code of the warehouse that the goods go to; undefined: the company's own. */
  readonly warehouse?: string;
  readonly lines: readonly OrderLineCommand[];
}

export type OrderState = 'draft' | 'confirmed' | 'done' | 'cancelled';

export interface OrderLine extends OrderLineCommand {
  /** Net amount of the line in the order's currency. */
  readonly amount: string;
}

export interface PurchaseOrder {
  readonly orderNumber: string;
  readonly key: string;
  readonly supplierCode: string;
  readonly currency: string;
  readonly state: OrderState;
  readonly lines: readonly OrderLine[];
  /** Net total in the order's currency. */
  readonly total: string;
  /** Tax on top of the total, as the ERP computes it for the order. */
  readonly tax: string;
}

/** Goods that arrived and were accepted in one receipt. */
export interface GoodsReceipt {
  readonly receiptNumber: string;
  readonly orderNumber: string;
  readonly receivedOn: string;
  readonly lines: readonly { readonly lineNumber: number; readonly quantity: string }[];
}

/**
 * A supplier's invoice as entered by the accounting clerk. `entered`: complete and validated, still correctable;
 * `posted`: in the books, payable; `paid`; `cancelled`. A draft that the ERP made by itself and nobody has checked is
 * not an invoice yet and is not returned.
 */
export interface SupplierInvoice {
  /** The ERP's own stable identity of the invoice (one that exists before posting gives it a number). */
  readonly invoiceId: string;
  readonly orderNumber: string;
  /** The number on the supplier's paper. */
  readonly supplierReference: string;
  readonly invoiceDate: string;
  readonly currency: string;
  readonly state: 'entered' | 'posted' | 'paid' | 'cancelled';
  /** Lines that belong to this order; `lineNumber` undefined: a charge that no order line stands behind. */
  readonly lines: readonly {
    readonly lineNumber?: number;
    readonly description: string;
    readonly quantity: string;
    readonly unitPrice: string;
    readonly amount: string;
  }[];
  /** Tax on top of the lines. */
  readonly tax: string;
  /** Amount to pay, tax included. */
  readonly total: string;
}

export interface RequestPaymentCommand {
  /** Idempotency key; the same rules as for an order's. */
  readonly key: string;
  readonly invoiceId: string;
  /** What was matched and approved. The adapter refuses (`payment-differs-from-invoice`) when the ERP would pay another sum. */
  readonly amount: Money;
  readonly date: string;
}

export type PaymentState = 'requested' | 'processing' | 'completed' | 'failed';

export interface Payment {
  readonly paymentNumber: string;
  readonly key: string;
  readonly invoiceId: string;
  readonly amount: Money;
  readonly state: PaymentState;
}

/** Something that happened in the ERP. It points; the reader reads the truth again by `readOrder`, `readReceipts`, …. */
export type ErpFact =
  | {
      readonly type: 'GoodsReceived';
      readonly orderNumber: string;
      readonly receiptNumber: string;
      readonly occurredAt: string;
    }
  | {
      readonly type: 'SupplierInvoiceReceived';
      readonly orderNumber: string;
      readonly invoiceId: string;
      readonly occurredAt: string;
    }
  | {
      readonly type: 'PaymentCompleted';
      readonly orderNumber: string;
      readonly paymentNumber: string;
      readonly occurredAt: string;
    }
  | { readonly type: 'PurchaseOrderCancelled'; readonly orderNumber: string; readonly occurredAt: string }
  | {
      readonly type: 'EmployeePaymentCompleted';
      /** Of the journal entry that owed the money. */
      readonly entryNumber: string;
      readonly paymentNumber: string;
      readonly occurredAt: string;
    }
  /** `proposalId`: of `EngineeringPort.readProposal`. */
  | { readonly type: 'BillOfMaterialsProposed'; readonly proposalId: string; readonly occurredAt: string };

/** Facts since a watermark. The same fact may come again; none is left out. Only of orders and entries that Meridian made. */
export interface ErpChanges {
  readonly facts: readonly ErpFact[];
  /** Opaque; store it only after the facts are safely on the bus. */
  readonly watermark: string;
}

/**
 * Reserves a key before a document is created, so that racing callers cannot each find nothing and each create.
 * Backed by a conditional write that outlives the process.
 */
export interface CommandClaims {
  /**
   * `owned`: this caller may create now. `busy`: another caller has held it for less than `leaseSeconds`; look the
   * document up or come back later (`ConnectorTransientError`). A lease that ran out is taken over, after which the
   * adapter searches by key again before it creates.
   */
  acquire(key: string, leaseSeconds: number): Promise<'owned' | 'busy'>;
  /** The document exists: nobody needs to create it any more. */
  complete(key: string, documentNumber: string): Promise<void>;
  /** The effect certainly did not happen, so the next caller need not wait for the lease. */
  release(key: string): Promise<void>;
}

/** What may be spent for a cost centre within a period, and what was. Amounts are without tax, of the company's currency. */
export interface Budget {
  /** First day. */
  readonly from: string;
  /** Last day. */
  readonly to: string;
  readonly budgeted: Money;
  /** Of invoices that are entered or posted, and whatever else was booked; negative where more was credited than spent. */
  readonly used: Money;
  /** Ordered within the period and not `used` yet. Undefined: the ERP cannot tell. */
  readonly committed?: Money;
}

export interface ErpPort {
  /** Undefined: no such supplier. */
  findSupplier(code: string): Promise<Supplier | undefined>;
  /** In the order asked for; a code that does not exist (or cannot be purchased) is left out. */
  findProducts(codes: readonly string[], supplierCode: string): Promise<readonly ProductFacts[]>;
  /**
   * Units of the company's currency for one unit of `currency` on `date`; `undefined` when the ERP has no rate.
   * `1` for the company's own.
   */
  exchangeRate(currency: string, date: string): Promise<string | undefined>;
  /** The budget of a cost centre that covers `date`; undefined: the ERP has none, or knows no such cost centre. */
  readBudget(costCentre: string, date: string): Promise<Budget | undefined>;
  /** Creates and confirms. Called again with the same key it returns the same order. */
  createOrder(command: CreateOrderCommand): Promise<PurchaseOrder>;
  readOrder(orderNumber: string): Promise<PurchaseOrder | undefined>;
  /** The order that was created under a key; undefined: none so far (a request whose reply was lost may commit later). */
  findOrder(key: string): Promise<PurchaseOrder | undefined>;
  /** `BusinessRuleError` `order-already-received` once anything was received. Cancelling twice is one cancellation. */
  cancelOrder(orderNumber: string): Promise<void>;
  readReceipts(orderNumber: string): Promise<readonly GoodsReceipt[]>;
  readInvoices(orderNumber: string): Promise<readonly SupplierInvoice[]>;
  /** Posts the invoice if need be and hands its payment to the ERP's payment run. Same key, same payment. */
  requestPayment(command: RequestPaymentCommand): Promise<Payment>;
  readPayment(paymentNumber: string): Promise<Payment | undefined>;
  /** Leaves a link to the approval record on the order; the same link again changes nothing. */
  linkRecord(orderNumber: string, title: string, url: string): Promise<void>;
  /** `undefined` watermark: from now on (no history). */
  changesSince(watermark: string | undefined): Promise<ErpChanges>;
}
