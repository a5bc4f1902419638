/** The purchase in a world in which every message is on its way by itself, and every function can be killed at every await. */
import { createCommandClaims } from '../../../functions/connectors/erp/claims.ts';
import { pollErp } from '../../../functions/connectors/erp/poll-erp.ts';
import type { CommandClaims, ErpPort } from '../../../functions/connectors/erp/port.ts';
import { requisitionEnvelopeSchema } from '../../../functions/events/purchase-requisition-submitted.ts';
import type { EventPublisher } from '../../../functions/process/event-publisher.ts';
import { PURCHASE, type PurchaseState } from '../../../functions/procurement/domain/purchase.ts';
import { recordErpFact } from '../../../functions/procurement/record-erp-fact.ts';
import { FakeErp } from '../../support/fake-erp.ts';
import { factOf } from '../../support/process-world.ts';
import type { RequisitionEvent } from '../../support/purchase-company.ts';
import { callFunction } from '../../support/purchase-functions.ts';
import { type Guard, WRITE_FAULTS } from '../kit/invocations.ts';
import { EVENT } from '../requests/hops.ts';
import { ChaosWorld, erpFaults, type Planted, type Trial } from '../requests/world.ts';
import { KeylessErp, type KeylessWire, keylessConnector } from './keyless-erp.ts';

/** As {@link Planted}, with what only a purchase can have wrong. */
export interface PlantedInPurchases extends Planted {
  readonly claims?: CommandClaims;
}

const SYSTEM = 'fake';

export class PurchaseChaosWorld extends ChaosWorld<PurchaseState, RequisitionEvent> {
  private readonly claims: CommandClaims | undefined;
  private isPolling = false;

  constructor({ seed, chaos, planted }: Trial<PlantedInPurchases>) {
    // Half of the runs have an ERP that knows keys, the other half one that does not.
    const erp = planted.erp ?? ((parts) => (seed % 2 === 0 ? new FakeErp(parts) : new KeylessErp(parts)));
    const filedIn = ({ requisition }: RequisitionEvent) => requisition;
    super(
      { machine: PURCHASE.kind, callFunction, kind: PURCHASE, schema: requisitionEnvelopeSchema, filedIn },
      { seed, chaos, planted: { ...planted, erp } },
    );
    this.claims = planted.claims;
  }

  override async start(event: RequisitionEvent): Promise<void> {
    if (!this.isPolling) {
      // The poller of an installation has run before its first purchase.
      const publisher: EventPublisher = { publish: async () => undefined };
      await pollErp({ store: this.store, erp: this.erp, system: SYSTEM, publisher });
      this.isPolling = true;
    }
    await super.start(event);
  }

  override async poll(): Promise<void> {
    const publisher: EventPublisher = {
      publish: async (events) => {
        for (const event of events) {
          this.post.send(EVENT, event.detailType, () =>
            this.work('RecordErpFact', (guard) =>
              recordErpFact({ ...this.guarded(guard), erp: this.erpFor(guard) }, factOf(event)),
            ),
          );
        }
      },
    };
    await this.work('PollErp', (guard) =>
      pollErp({
        store: this.guarded(guard).store,
        erp: this.erpFor(guard),
        system: SYSTEM,
        publisher: guard('bus', publisher, () => WRITE_FAULTS),
      }),
    );
    await this.run();
  }

  protected override doesErpKnowKeys(): boolean {
    return !(this.erp instanceof KeylessErp);
  }

  protected override erpFor(guard: Guard): ErpPort {
    const erp = super.erpFor(guard);
    if (!(this.erp instanceof KeylessErp)) {
      return erp;
    }
    const wire: KeylessWire = guard('erp', this.erp.wire, erpFaults);
    const claims = this.claims ?? createCommandClaims(this.guarded(guard).store, this.deps.clock);
    return keylessConnector(erp, wire, claims);
  }
}
