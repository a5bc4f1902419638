/** Port: the queue of orders that were changed in the ERP; its worker reads each of them. */
import type { OrderChanged } from '../events/order-changed.ts';

export interface OrderQueue {
  /** @throws ConnectorTransientError when not all of them were taken: they may be sent again. */
  send(reports: readonly { readonly detail: OrderChanged }[]): Promise<void>;
}
