/** What the steps of a purchase share. */
import type { ErpPort } from '../connectors/erp/port.ts';
import type { Requisition } from '../events/purchase-requisition-submitted.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import type { OrderReference, PurchaseState } from './domain/purchase.ts';

export interface ErpStepDeps extends ProcessDeps {
  readonly erp: ErpPort;
}

/** @throws Error before the validation. */
export function requisitionOf(state: PurchaseState): Requisition {
  if (state.requisition === undefined) {
    throw new Error('the requisition is not validated yet');
  }
  return state.requisition;
}

/** @throws Error before the order is created. */
export function orderOf(state: PurchaseState): OrderReference {
  if (state.order === undefined) {
    throw new Error('there is no order yet');
  }
  return state.order;
}
