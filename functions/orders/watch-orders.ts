/** Looks again and again which orders of the ERP were changed, and has each of them read. */
import type { OrderReference, OrdersPort } from '../connectors/erp/orders-port.ts';
import { SCHEMA_VERSION } from '../events/envelope.ts';
import type { OrderChanged } from '../events/order-changed.ts';
import { watermarkKey } from '../process/keys.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { ORDER_KINDS, type OrderKind } from './domain/stages.ts';
import type { OrderQueue } from './port.ts';

export interface WatchOrdersDeps extends ProcessDeps {
  readonly orders: OrdersPort;
  readonly queue: OrderQueue;
  /** Name of the ERP, as in the events. */
  readonly system: string;
  /** When this look has to end: the next one goes on where it stopped. */
  readonly until: Date;
}

/** The place of a look is moved only when its orders are safely queued: a crash between the two brings them again. */
export async function watchOrders(deps: WatchOrdersDeps): Promise<{ readonly told: number }> {
  let told = 0;
  for (const kind of ORDER_KINDS) {
    told += await watchKind(deps, kind);
  }
  return { told };
}

async function watchKind(deps: WatchOrdersDeps, kind: OrderKind): Promise<number> {
  const key = watermarkKey(`${deps.system}-${kind}`);
  let place = (await deps.store.read<{ after: string }>(key))?.value.after;
  let told = 0;
  for (;;) {
    const page = await deps.orders.changedOrders(kind, place);
    await deps.queue.send(page.orders.map((reference) => ({ detail: changed(deps, reference) })));
    told += page.orders.length;
    if (page.next !== place) {
      place = page.next;
      await deps.store.commit({ entries: [], personal: [], changes: [{ kind: 'put', key, value: { after: place } }] });
    }
    if (page.isLast || deps.clock.now() >= deps.until) {
      return told;
    }
  }
}

function changed({ clock, randomness, system }: WatchOrdersDeps, { kind, orderNumber }: OrderReference): OrderChanged {
  return {
    metadata: {
      eventId: `order-${randomness.uuid()}`,
      correlationId: orderNumber,
      occurredAt: clock.now().toISOString(),
      schemaVersion: SCHEMA_VERSION,
    },
    erp: { system },
    orderKind: kind,
    orderNumber,
  };
}
