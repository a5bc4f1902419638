/** What the steps of a purchase share. */
import type { ErpPort } from '../connectors/erp/port.ts';
import type { Requisition } from '../events/purchase-requisition-submitted.ts';
import { type ProcessDeps, readHead } from '../process/update-process.ts';
import type { Clock } from '../runtime/ambient.ts';
import type { OrderReference, PurchaseHead, PurchaseState } from './domain/purchase.ts';

export interface ErpStepDeps extends ProcessDeps {
  readonly erp: ErpPort;
}

export interface CompanyFacts {
  /** ISO 4217. */
  readonly currency: string;
  /** IANA zone of the company's calendar dates. */
  readonly timeZone: string;
}

/** @throws Error when the process was never registered: a bug of the state machine. */
export async function readPurchase(deps: ProcessDeps, processId: string): Promise<PurchaseHead> {
  const head = await readHead<PurchaseState>(deps.store, processId);
  if (head === undefined) {
    throw new Error(`process ${processId} is not registered`);
  }
  return head;
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

/** Today's calendar date of the company, `YYYY-MM-DD`. */
export function companyDate(clock: Clock, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return parts.format(clock.now());
}
