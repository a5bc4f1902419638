/** One step of a purchase: what a person or a system does. */
import type { InvoiceEntry } from '../../support/fake-books.ts';
import { type Cast, takeCommonStep } from '../requests/take-step.ts';
import type { Step } from './steps.ts';
import type { PurchaseChaosWorld } from './world.ts';

const INVOICES: readonly InvoiceEntry[] = [
  {},
  {},
  {},
  { prices: { 1: '720.00' } },
  { extraLine: { description: 'Freight', amount: '90.00' } },
  { quantities: { 1: '6', 2: '21' } },
  { currency: 'USD' },
];

export async function takeStep(world: PurchaseChaosWorld, cast: Cast, step: Step): Promise<unknown> {
  const orderNumber = world.erp.allOrders().find(({ state }) => state !== 'cancelled')?.orderNumber ?? 'none';
  switch (step.do) {
    case 'receive':
      return world.erp.receiveGoods(orderNumber, step.share === 0 ? undefined : { 1: String(step.share), 2: '3' });
    case 'invoice':
      return world.erp.enterInvoice(orderNumber, INVOICES[step.kind]);
    case 'correct':
      return world.erp.correctInvoice(`INV-${step.invoice + 1}`, {});
    case 'take-back':
      return world.erp.takeBackInvoice(`INV-${step.invoice + 1}`);
    case 'bank':
      return bank(world, step.payment, step.pays);
    case 'cancel-in-erp':
      return world.erp.cancelOrderInErp(orderNumber);
    default:
      return takeCommonStep(cast, step);
  }
}

/** The bank pays, or refuses, one of the payments that are on their way. */
export function bank(world: PurchaseChaosWorld, index: number, pays: boolean): void {
  const waiting = world.erp.allPayments().filter(({ state }) => state === 'processing');
  const payment = waiting[index % Math.max(waiting.length, 1)];
  if (payment !== undefined) {
    world.erp[pays ? 'confirmPayment' : 'failPayment'](payment.paymentNumber);
  }
}
