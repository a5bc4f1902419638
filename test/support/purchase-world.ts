/** A purchase's whole process in memory, with the handles that a test pulls: people, the OA, the ERP and the clock. */
import { pollErp } from '../../functions/connectors/erp/poll-erp.ts';
import { requisitionEnvelopeSchema } from '../../functions/events/purchase-requisition-submitted.ts';
import { PURCHASE, type PurchaseState } from '../../functions/procurement/domain/purchase.ts';
import { recordErpFact } from '../../functions/procurement/record-erp-fact.ts';
import { sweepIntents } from '../../functions/procurement/sweep-intents.ts';
import { factOf, type WorldOptions, type WorldProcess } from './process-world.ts';
import type { RequisitionEvent } from './purchase-company.ts';
import { callFunction } from './purchase-functions.ts';
import { RequestWorld } from './request-world.ts';

/** As {@link RequestWorld}, with the ERP and its clerks. */
export class PurchaseWorld extends RequestWorld<PurchaseState, RequisitionEvent> {
  protected isPolling = false;

  /** @param process - where another machine starts the purchase */
  constructor(options: WorldOptions = {}, process: WorldProcess = { machine: PURCHASE.kind, callFunction }) {
    const filedIn = ({ requisition }: RequisitionEvent) => requisition;
    super({ ...process, kind: PURCHASE, schema: requisitionEnvelopeSchema, filedIn }, options);
  }

  override async start(event: unknown): Promise<void> {
    if (!this.isPolling) {
      await this.poll();
      this.isPolling = true;
    }
    await super.start(event);
  }

  /** Up to the order: manager and department head approve. */
  async approveOrder(): Promise<void> {
    await this.decide('E-2001', 'approve');
    await this.decide('E-3001', 'approve');
  }

  /** Everything is received and invoiced as ordered. */
  async deliver(orderNumber = 'PO-1'): Promise<void> {
    this.erp.receiveGoods(orderNumber);
    this.erp.enterInvoice(orderNumber);
    await this.poll();
  }

  /** The payment is approved, and the bank pays. */
  async pay(paymentNumber = 'PAY-1'): Promise<void> {
    await this.decide('E-4002', 'approve');
    this.erp.confirmPayment(paymentNumber);
    await this.poll();
  }

  /** The poller runs once, and its events arrive. */
  async poll(): Promise<void> {
    await pollErp({
      store: this.store,
      erp: this.erp,
      system: 'fake',
      publisher: {
        publish: async (events) => {
          for (const event of events) {
            await recordErpFact({ ...this.deps, erp: this.erp }, factOf(event));
          }
        },
      },
    });
    await this.run();
  }

  async sweepIntents() {
    const result = await sweepIntents({ ...this.deps, erp: this.erp, ledger: this.ledger });
    await this.run();
    return result;
  }
}
