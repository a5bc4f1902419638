import { expect } from 'vitest';
import { PurchaseWorld } from '../support/purchase-world.ts';
import { event, mismatchAfterRefusal, untilInvoiced } from './purchase-story-parts.ts';

/** From the invoice to its payment: differences, questions about them, and payments that fail. */
export const INVOICE_STORIES = {
  'a mismatch that cannot be routed is asked about when it can': () => mismatchAfterRefusal('RouteApproval'),
  'a mismatch whose question cannot be opened is asked about when it can': () => mismatchAfterRefusal('OpenLevel'),
  'a mismatch is accepted': async () => {
    const world = await untilInvoiced({ prices: { 1: '720.00' } });
    await world.decide('E-4001', 'accept', 'Agreed');
    await world.pay();
    expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
    return world;
  },
  'a mismatch is corrected': async () => {
    const world = await untilInvoiced({ prices: { 1: '720.00' } });
    await world.decide('E-4001', 'correct');
    world.erp.correctInvoice('INV-1', {});
    await world.poll();
    await world.pay();
    expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
    return world;
  },
  'a mismatch is corrected in the ERP before anybody answers: the question goes, and the invoice is matched':
    async () => {
      const world = await untilInvoiced({ prices: { 1: '720.00' } });
      world.erp.correctInvoice('INV-1', {});
      await world.poll();
      expect(await world.openQuestions(event)).toEqual(['payment']);
      await world.pay();
      expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
      return world;
    },
  'an invoice that changes while its payment is asked about is compared again before anybody decides': async () => {
    const world = await untilInvoiced();
    world.erp.correctInvoice('INV-1', { prices: { 1: '720.00' } });
    await world.poll();
    expect(await world.openQuestions(event)).toEqual(['invoice-mismatch']);
    await world.decide('E-4001', 'accept', 'Agreed');
    await world.pay();
    expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
    return world;
  },
  'a mismatch is the end': async () => {
    const world = await untilInvoiced({ prices: { 1: '720.00' } });
    await world.decide('E-4001', 'cancel');
    expect(await world.head(event)).toMatchObject({ outcome: 'cancelled' });
    return world;
  },
  'a mismatch that nobody looks at goes to the operators, who have it asked again': async () => {
    const world = await untilInvoiced({ prices: { 1: '720.00' } });
    await world.advance(24 * 11);
    await world.decide('operators', 'retry');
    await world.decide('E-4001', 'accept', 'Agreed');
    await world.pay();
    expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
    return world;
  },
  'a payment that nobody approves goes to the operators, who have it asked again': async () => {
    const world = await untilInvoiced();
    await world.advance(24 * 6);
    await world.decide('operators', 'retry');
    await world.pay();
    expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
    return world;
  },
  'a payment that is rejected ends the purchase; the goods are there, so the order stands': async () => {
    const world = await untilInvoiced();
    await world.decide('E-4002', 'reject', 'The goods are faulty');
    expect(await world.head(event)).toMatchObject({ outcome: 'rejected', state: { undone: 'kept' } });
    expect(world.erp.allPayments()).toEqual([]);
    return world;
  },
  'an invoice that changes after its approval is matched and approved anew': async () => {
    const world = await untilInvoiced();
    world.erp.correctInvoice('INV-1', { prices: { 1: '679.00' } });
    await world.decide('E-4002', 'approve');
    expect(world.erp.allPayments()).toEqual([]);
    await world.decide('E-4002', 'approve');
    expect(world.erp.allPayments()).toMatchObject([{ amount: { amount: '5955.00' } }]);
    return world;
  },
  'a payment that the bank refuses is tried again': async () => {
    const world = await untilInvoiced();
    await world.decide('E-4002', 'approve');
    world.erp.failPayment('PAY-1');
    await world.poll();
    await world.decide('operators', 'retry');
    world.erp.confirmPayment('PAY-2');
    await world.poll();
    expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
    return world;
  },
  'a payment that the ERP refuses is made by hand': async () => {
    const world = await untilInvoiced();
    world.erp.fault = (operation) => (operation === 'requestPayment' ? 'refuses' : undefined);
    await world.decide('E-4002', 'approve');
    await world.decide('operators', 'skip', 'Paid by hand');
    world.erp.payByHand('INV-1');
    await world.poll();
    expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
    return world;
  },
  'a purchase that is cancelled in the ERP before its payment pays nothing': async () => {
    let isDown = false;
    const world = new PurchaseWorld({
      fault: (_, name) => (isDown && name === 'RequestPayment' ? 'dies-before' : undefined),
    });
    await world.submit(event);
    await world.approveOrder();
    await world.deliver();
    isDown = true;
    await world.decide('E-4002', 'approve');
    world.erp.cancelOrderInErp('PO-1');
    await world.poll();
    isDown = false;
    await world.giveUpRetrying();
    expect(world.erp.allPayments()).toEqual([]);
    return world;
  },
  'a payment that the bank never confirms goes to the operators': async () => {
    const world = await untilInvoiced();
    await world.decide('E-4002', 'approve');
    await world.advance(24 * 91);
    expect(await world.head(event)).toMatchObject({ phase: 'Waiting for an operator' });
    return world;
  },
} satisfies Readonly<Record<string, () => Promise<PurchaseWorld>>>;
