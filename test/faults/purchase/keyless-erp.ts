/**
 * An ERP that knows no keys: asked twice to create, it creates two. Its connector does what the connector of such an ERP
 * must do (`connectors/erp/once.ts`): claim, look, create, look again.
 */

import { createOnce, furthest } from '../../../functions/connectors/erp/once.ts';
import type {
  CommandClaims,
  CreateOrderCommand,
  ErpPort,
  Payment,
  PurchaseOrder,
  RequestPaymentCommand,
} from '../../../functions/connectors/erp/port.ts';
import { FakeErp } from '../../support/fake-erp.ts';

interface Draft {
  readonly id: number;
  readonly key: string;
  readonly state: 'draft' | 'done';
  readonly document?: PurchaseOrder | Payment;
}

/** What the connector asks of the ERP, one request each. */
export interface KeylessWire {
  draftsOf(key: string): Promise<readonly Draft[]>;
  createDraft(key: string): Promise<number>;
  deleteDraft(id: number): Promise<void>;
  confirmOrder(id: number, command: CreateOrderCommand): Promise<PurchaseOrder>;
  confirmPayment(id: number, command: RequestPaymentCommand): Promise<Payment>;
}

export class KeylessErp extends FakeErp {
  private papers: Draft[] = [];
  private lastId = 0;

  /** The ERP's own interface, in place of the port's commands. */
  readonly wire: KeylessWire = {
    draftsOf: async (key) => this.papers.filter((draft) => draft.key === key),
    createDraft: async (key) => {
      this.lastId += 1;
      this.papers.push({ id: this.lastId, key, state: 'draft' });
      return this.lastId;
    },
    deleteDraft: async (id) => {
      this.papers = this.papers.filter((draft) => draft.id !== id);
    },
    confirmOrder: async (id, command) => this.confirm(id, () => this.addOrder(command)),
    confirmPayment: async (id, command) => this.confirm(id, () => this.addPayment(command)),
  };

  override documentsPerKey(): readonly number[] {
    const keys = [...new Set(this.papers.map(({ key }) => key))];
    return keys.map((key) => this.papers.filter((draft) => draft.key === key).length);
  }

  /** Confirming twice is one confirmation. */
  private confirm<Document extends PurchaseOrder | Payment>(id: number, make: () => Document): Document {
    const draft = this.papers.find((candidate) => candidate.id === id);
    if (draft === undefined) {
      throw new Error(`the ERP has no document ${id}`);
    }
    const document = (draft.document as Document | undefined) ?? make();
    this.papers = this.papers.map((other) => (other === draft ? { ...draft, state: 'done', document } : other));
    return structuredClone(document);
  }
}

/** The port on such an ERP; all but the creations are the ERP's own. */
export function keylessConnector(erp: ErpPort, wire: KeylessWire, claims: CommandClaims): ErpPort {
  const once = async (key: string) => {
    const document = await createOnce({
      claims,
      key,
      find: async () => furthest(await wire.draftsOf(key), ['draft', 'done']),
      prepare: async () => ({}),
      create: () => wire.createDraft(key),
      discard: (id) => wire.deleteDraft(id),
    });
    return document.id;
  };
  return {
    findSupplier: (code) => erp.findSupplier(code),
    findProducts: (codes, supplierCode) => erp.findProducts(codes, supplierCode),
    exchangeRate: (currency, date) => erp.exchangeRate(currency, date),
    readBudget: (costCentre, date) => erp.readBudget(costCentre, date),
    readOrder: (orderNumber) => erp.readOrder(orderNumber),
    findOrder: (key) => erp.findOrder(key),
    cancelOrder: (orderNumber) => erp.cancelOrder(orderNumber),
    readReceipts: (orderNumber) => erp.readReceipts(orderNumber),
    readInvoices: (orderNumber) => erp.readInvoices(orderNumber),
    readPayment: (paymentNumber) => erp.readPayment(paymentNumber),
    linkRecord: (orderNumber, title, url) => erp.linkRecord(orderNumber, title, url),
    changesSince: (watermark) => erp.changesSince(watermark),
    createOrder: async (command) => {
      const order = await wire.confirmOrder(await once(command.key), command);
      await claims.complete(command.key, order.orderNumber);
      return order;
    },
    requestPayment: async (command) => {
      const payment = await wire.confirmPayment(await once(command.key), command);
      await claims.complete(command.key, payment.paymentNumber);
      return payment;
    },
  };
}
