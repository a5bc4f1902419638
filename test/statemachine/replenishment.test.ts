import { describe, expect, it } from 'vitest';
import { PAPER, PLANNER, ReplenishmentWorld, SENSORS } from '../support/replenishment-world.ts';

describe('a replenishment', () => {
  it('buys what the stock is short of, by the approval of people, and ends when the supplier is paid', async () => {
    const world = new ReplenishmentWorld();

    await world.fallShort(PAPER, '160');
    const asked = await world.purchase(PAPER);
    expect(asked).toMatchObject({ requesterId: PLANNER, phase: 'Order approval' });
    console.log(
      await world.lastAsked(),
      world.mails.map((m) => [m.to, m.subject]),
    );
    while ((await world.purchase(PAPER)).phase === 'Order approval') {
      await world.decide(await world.lastAsked(), 'approve');
    }
    await world.deliver();
    while ((await world.purchase(PAPER)).phase === 'Payment approval') {
      await world.decide(await world.lastAsked(), 'approve');
    }
    world.erp.confirmPayment('PAY-1');
    await world.poll();

    expect(world.erp.allOrders()).toMatchObject([{ supplierCode: 'SUP-001', lines: [{ quantity: '310' }] }]);
    expect(await world.replenishment(PAPER)).toMatchObject({ status: 'ended', outcome: 'replenished' });
    expect(world.notices).toEqual([]);
  });

  it('buys small quantities without asking anybody, where the table says so, and people approve the payment', async () => {
    const world = new ReplenishmentWorld();

    await world.fallShort(SENSORS, '15');

    expect(world.erp.allOrders()).toMatchObject([{ supplierCode: 'SUP-003', lines: [{ quantity: '5' }] }]);
    expect(await world.entriesOf(await world.purchase(SENSORS))).toContain('OrderReleasedByRule');
  });
});
