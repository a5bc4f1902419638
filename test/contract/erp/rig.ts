/** An ERP under test with the people who work in it and independent looks into it. */
import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import type { ErpPort } from '../../../functions/connectors/erp/port.ts';
import type { Clock } from '../../../functions/runtime/ambient.ts';
import { ConnectorTransientError } from '../../../functions/runtime/errors.ts';

/** Figures by product code. */
export type ByProduct = Readonly<Record<string, string>>;

export interface InvoicePaper {
  readonly reference: string;
  /** Prices on the supplier's paper that differ from the order's. */
  readonly prices?: ByProduct;
  /** Quantities on the paper that differ from what was received. */
  readonly quantities?: ByProduct;
  readonly charge?: { readonly description: string; readonly amount: string };
}

export interface ErpRig {
  readonly erp: ErpPort;
  /** Another process with a session of its own and the same claims. */
  another(): ErpPort;
  readonly clerks: {
    /** All that is missing, or these quantities. */
    receiveGoods(orderNumber: string, quantities?: ByProduct): Promise<void>;
    /** Gives the invoice's id. */
    enterInvoice(orderNumber: string, paper: InvoicePaper): Promise<string>;
    correctInvoice(invoiceId: string, paper: InvoicePaper): Promise<void>;
    confirmPayment(paymentNumber: string): Promise<void>;
    failPayment(paymentNumber: string): Promise<void>;
    cancelOrder(orderNumber: string): Promise<void>;
  };
  /** How many documents carry the key, whatever their state; read without the adapter. */
  ordersWith(key: string): Promise<number>;
  paymentsWith(key: string): Promise<number>;
  linksOf(orderNumber: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** A key as the purchase makes them. */
export function newKey(step: 'order' | 'pay'): string {
  return `T${randomUUID().slice(0, 18)}-${step}`;
}

/**
 * Repeats a call while the ERP says that it may succeed later, as a state machine does.
 *
 * @param interval - milliseconds before it is repeated
 */
export async function insist<Result>(call: () => Promise<Result>, interval = 50): Promise<Result> {
  const outcome = await vi.waitFor(
    async () => {
      try {
        return { result: await call() };
      } catch (error) {
        if (error instanceof ConnectorTransientError) {
          throw error;
        }
        return { error };
      }
    },
    { timeout: 90_000, interval },
  );
  if ('error' in outcome) {
    throw outcome.error;
  }
  return outcome.result;
}

/** A clock that runs `pace` times as fast: leases of claims need not be waited for. */
export function fasterClock(pace: number): Clock {
  const begin = Date.now();
  return { now: () => new Date(begin + (Date.now() - begin) * pace) };
}

/** Undefined: a fact that is not of an order. */
export function orderOf(fact: object): string | undefined {
  return 'orderNumber' in fact ? String(fact.orderNumber) : undefined;
}
