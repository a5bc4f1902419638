import { describe, expect, it } from 'vitest';
import { recordErpFact } from '../../functions/procurement/record-erp-fact.ts';
import { requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

const event = requisitionEvent();

/** A part was received, invoiced and paid, with the operators' consent. */
async function paidForAPart(): Promise<PurchaseWorld> {
  const world = new PurchaseWorld();
  await world.submit(event);
  await world.approveOrder();
  world.erp.receiveGoods('PO-1', { 1: '5' });
  await world.poll();
  for (let day = 0; day < 400 && (await world.lastAsked()) !== 'operators'; day += 1) {
    await world.advance(24);
  }
  await world.decide('operators', 'skip', 'Go on with what is there');
  world.erp.enterInvoice('PO-1');
  await world.poll();
  await world.pay();
  expect(await world.head(event)).toMatchObject({ status: 'ended', outcome: 'paid' });
  return world;
}

const operatorsMails = (world: PurchaseWorld) => world.mails.filter(({ to }) => to === 'operators@meridian.example');

describe('a fact of the ERP after its purchase has ended', () => {
  it('is told to the operators, and not to the OA, whose last word was the end', async () => {
    const world = await paidForAPart();
    const before = operatorsMails(world).length;
    const told = world.told();

    world.erp.receiveGoods('PO-1');
    await world.poll();
    world.erp.enterInvoice('PO-1');
    await world.poll();

    const mails = operatorsMails(world).slice(before);
    expect(world.told()).toEqual(told);
    expect(mails).toHaveLength(2);
    expect(mails[0]?.text).toContain('GR-2');
    expect(mails[1]?.text).toContain('INV-2');
    expect(mails[1]?.text).toContain('PO-1');
  });

  it('is told once, however often it comes', async () => {
    const world = await paidForAPart();
    const before = operatorsMails(world).length;

    world.erp.receiveGoods('PO-1');
    await world.poll();
    await world.poll();

    expect(operatorsMails(world)).toHaveLength(before + 1);
  });

  it('is told when it is a payment that came back from the bank', async () => {
    const world = await paidForAPart();
    const before = operatorsMails(world).length;

    world.erp.failPayment('PAY-1');
    await world.poll();

    expect((await world.entryTypes(event)).slice(-3)).toContain('PaymentFailed');
    expect(await world.entryTypes(event)).not.toContain('FactNotConfirmed');
    expect(operatorsMails(world)).toHaveLength(before + 1);
    expect(operatorsMails(world).at(-1)?.text).toContain('PAY-1');
  });
});

describe('a payment that the bank refused', () => {
  it('is a fact that the ERP confirms', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await world.approveOrder();
    await world.deliver();
    await world.decide('E-4002', 'approve');

    world.erp.failPayment('PAY-1');
    await world.poll();

    expect(await world.entryTypes(event)).toContain('PaymentFailed');
    expect(await world.entryTypes(event)).not.toContain('FactNotConfirmed');
  });

  it('is none as long as the bank works on it', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await world.approveOrder();
    await world.deliver();
    await world.decide('E-4002', 'approve');

    await recordErpFact(
      { ...world.decisionDeps(), erp: world.erp },
      { type: 'PaymentCompleted', orderNumber: 'PO-1', documentId: 'PAY-1', eventId: 'early', occurredAt: '' },
    );

    expect(await world.entryTypes(event)).toContain('FactNotConfirmed');
  });
});
