import { describe, expect, it } from 'vitest';
import { replenishmentId } from '../../functions/inventory/domain/replenishment.ts';
import { PAPER, PLANNER, PLANNERS_MANAGER, ReplenishmentWorld, SENSORS } from '../support/replenishment-world.ts';

const BOUGHT = {
  paper: 'PO-1 done, PAY-1 completed 39680.00, PO-1 linked',
  sensors: 'PO-1 done, PAY-1 completed 227.50, PO-1 linked',
};
/** Hours in which the table lets nobody propose again what people have refused. */
const PAUSE = 7 * 24;

async function factsOf(world: ReplenishmentWorld, head: { readonly processId: string }, type: string) {
  return (await world.store.readRecord(head.processId)).find((entry) => entry.type === type)?.facts;
}

describe('stock that is short', () => {
  it('is filled up to its target by a purchase of the planner, which people approve, and which is paid', async () => {
    const world = new ReplenishmentWorld();
    await world.fallShort(PAPER, '160');
    expect(await world.purchase(PAPER)).toMatchObject({ requesterId: PLANNER, phase: 'Order approval' });
    expect(await world.lastAsked()).toBe(PLANNERS_MANAGER);

    await world.approveAll(PAPER, 'Order approval');
    await world.deliverAndPay(PAPER);

    expect(world.erp.allOrders()).toMatchObject([{ supplierCode: 'SUP-001', lines: [{ quantity: '310' }] }]);
    const proposed = await factsOf(world, await world.replenishment(PAPER), 'ReplenishmentProposed');
    expect(proposed).toMatchObject({ onHand: '90', forecast: '90', minimum: '100', target: '400', quantity: '310' });
    await world.handIn(PAPER, { record: expect.stringMatching(/^replenished \[approve.* paid\]$/), erp: BOUGHT.paper });
  });

  it('is ordered without asking anybody where a row of the table says so in words, and people approve the payment', async () => {
    const world = new ReplenishmentWorld();
    await world.fallShort(SENSORS, '15');
    expect(world.mails.filter(({ to }) => to !== 'operators@meridian.example')).toEqual([]);
    expect(await factsOf(world, await world.purchase(SENSORS), 'OrderReleasedByRule')).toMatchObject({
      amount: '1638.00',
      currency: 'CNY',
      policyDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      ruledBy: [{ table: 'replenishment', digest: expect.stringMatching(/^[0-9a-f]{64}$/), rows: [2] }],
    });

    await world.deliverAndPay(SENSORS);

    expect(await world.entriesOf(await world.purchase(SENSORS))).toContain('DecisionMade');
    await world.handIn(SENSORS, {
      record: expect.stringMatching(/^replenished \[approve.* paid\]$/),
      erp: BOUGHT.sensors,
    });
  });

  it('has one open replenishment however often it is reported, and however many executions begin', async () => {
    const world = new ReplenishmentWorld();
    await world.fallShort(PAPER, '160');
    await world.report(PAPER);
    await world.startExecution({ ...PAPER, generation: 1 });
    await world.startExecution({ ...PAPER, generation: 2 });

    const { executions } = { executions: world.engine.executions() };
    const ended = executions.filter(
      ({ machineArn, status }) => machineArn.endsWith(':replenishment') && status === 'SUCCEEDED',
    );
    expect(ended).toHaveLength(2);
    expect(await world.store.readRecord(replenishmentId(PAPER, 2))).toEqual([]);
    await world.handIn(PAPER, { record: '(Purchase) [(Order approval)]', erp: 'nothing' });
  });

  it('that has recovered before anything is proposed is not bought', async () => {
    const world = new ReplenishmentWorld();
    await world.report(PAPER);

    await world.handIn(PAPER, { record: 'recovered', erp: 'nothing' });
  });

  it('whose reorder point was taken away meanwhile is not bought', async () => {
    const world = new ReplenishmentWorld();
    world.stock.forget(PAPER);
    await world.report(PAPER);

    await world.handIn(PAPER, { record: 'recovered', erp: 'nothing' });
  });

  it('can be short again once its goods have come, while the supplier is not paid yet', async () => {
    const world = new ReplenishmentWorld();
    await world.fallShort(SENSORS, '15');
    world.erp.receiveGoods('PO-1');
    await world.poll();

    await world.fallShort(SENSORS, '6');

    expect(world.erp.allOrders()).toMatchObject([{ lines: [{ quantity: '5' }] }, { lines: [{ quantity: '6' }] }]);
    await world.handIn(SENSORS, { record: '(Purchase) [(Supplier invoice)]', erp: 'PO-1 confirmed, PO-2 confirmed' });
  });
});

describe('stock that recovers', () => {
  it('while people decide ends the purchase, and whoever was asked hears that there is nothing to do', async () => {
    const world = new ReplenishmentWorld();
    await world.fallShort(PAPER, '160');
    world.stock.move(PAPER, '50');
    world.mails.length = 0;

    expect(await world.recover(PAPER)).toBe('recovered');

    expect(world.mails.map(({ to }) => to)).toContain('jiang.yong@meridian.example');
    await world.handIn(PAPER, { record: 'recovered [recovered]', erp: 'nothing' });
    await world.fallShort(PAPER, '50');
    expect(await world.purchase(PAPER, 2)).toMatchObject({ phase: 'Order approval' });
  });

  it('once it is ordered changes nothing', async () => {
    const world = new ReplenishmentWorld();
    await world.fallShort(SENSORS, '15');

    expect(await world.recover(SENSORS)).toBe('left');

    await world.handIn(SENSORS, { record: '(Purchase) [(Goods receipt)]', erp: 'PO-1 confirmed' });
  });

  it('after people have rejected it comes to the end that they were told of', async () => {
    const world = new ReplenishmentWorld();
    await world.fallShort(PAPER, '160');
    await world.clickByLink(await world.linkOf(PLANNERS_MANAGER), 'reject', 'Too much');
    world.stock.move(PAPER, '50');

    expect(await world.recover(PAPER)).toBe('left');

    await world.handIn(PAPER, { record: 'rejected [reject rejected]', erp: 'nothing' });
  });

  it('while the requisition is with the planner for changes ends the purchase', async () => {
    const world = new ReplenishmentWorld();
    await world.fallShort(PAPER, '160');
    await world.returnIt(PLANNERS_MANAGER);

    await world.recover(PAPER);

    await world.handIn(PAPER, { record: 'recovered [return recovered]', erp: 'nothing' });
  });
});

describe('a replenishment that people refuse', () => {
  async function rejected(): Promise<ReplenishmentWorld> {
    const world = new ReplenishmentWorld();
    await world.fallShort(PAPER, '160');
    await world.decide(PLANNERS_MANAGER, 'reject', 'We move to the paperless office');
    return world;
  }

  it('is not proposed again before the days of the table are over', async () => {
    const world = await rejected();
    await world.report(PAPER);
    await world.advance(PAUSE - 1);
    await world.report(PAPER);
    expect(await world.store.readRecord(replenishmentId(PAPER, 2))).toEqual([]);

    await world.advance(2);
    await world.report(PAPER);

    expect(await world.purchase(PAPER, 2)).toMatchObject({ phase: 'Order approval' });
    await world.handIn(PAPER, { record: 'rejected [reject rejected]', erp: 'nothing' });
  });

  it('is proposed at once when the stock has recovered and falls again', async () => {
    const world = await rejected();
    world.stock.move(PAPER, '50');
    expect(await world.recover(PAPER)).toBe('freed');

    await world.fallShort(PAPER, '50');

    expect(await world.purchase(PAPER, 2)).toMatchObject({ phase: 'Order approval' });
    await world.handIn(PAPER, { record: '(Purchase) [(Order approval)]', erp: 'nothing' }, 2);
  });

  it('is changed by its planner where they return it, and then always put to people', async () => {
    const world = new ReplenishmentWorld();
    await world.fallShort(PAPER, '160');
    const event = await world.ownEvent(PAPER);
    await world.returnIt(PLANNERS_MANAGER);
    const line = { productCode: 'P-1002', quantity: '10', unitPrice: '128.00', amount: '1280.00' };

    await world.resubmit(event, { changes: { lines: [line], total: '1280.00' } });

    expect(await world.purchase(PAPER)).toMatchObject({ phase: 'Order approval', documentVersion: 2 });
    await world.handIn(PAPER, { record: '(Purchase) [return (Order approval)]', erp: 'nothing' });
  });

  it('is withdrawn by its planner', async () => {
    const world = new ReplenishmentWorld();
    await world.fallShort(PAPER, '160');

    await world.withdraw(await world.ownEvent(PAPER));

    await world.handIn(PAPER, { record: 'withdrawn [withdrawn]', erp: 'nothing' });
  });
});

describe('small quantities', () => {
  it('that together exceed what one person may decide are put to people, as every split purchase is', async () => {
    const world = new ReplenishmentWorld();
    for (let order = 1; order <= 3; order += 1) {
      await world.fallShort(SENSORS, order === 1 ? '15' : '5');
      world.erp.receiveGoods(`PO-${order}`);
      await world.poll();
    }
    expect(world.erp.allOrders()).toHaveLength(3);

    await world.fallShort(SENSORS, '5');

    expect(world.erp.allOrders()).toHaveLength(3);
    expect(await factsOf(world, await world.purchase(SENSORS, 4), 'ApprovalRouted')).toMatchObject({
      splitAmount: '6552',
    });
    await world.handIn(SENSORS, { record: '(Purchase) [(Order approval)]', erp: expect.stringContaining('PO-3') }, 4);
  });

  it('above what the table lets go are put to people', async () => {
    const world = new ReplenishmentWorld();
    await world.fallShort(SENSORS, '17');

    await world.handIn(SENSORS, { record: '(Purchase) [(Order approval)]', erp: 'nothing' });
  });
});

describe('whoever says to be a replenishment', () => {
  const own = { system: 'meridian', requestId: replenishmentId(PAPER, 1) };

  async function forged(world: ReplenishmentWorld, changes: object): Promise<void> {
    const event = await world.ownEvent(PAPER);
    await world.startPurchase({ ...event, oa: own, ...changes });
  }

  it('and is none begins no purchase', async () => {
    const world = new ReplenishmentWorld();
    await world.fallShort(PAPER, '160');
    await forged(world, { oa: { ...own, requestId: 'REP-0' } });

    expect(world.engine.executions().at(-1)).toMatchObject({ status: 'FAILED', error: 'ValidationError' });
    await world.handIn(PAPER, { record: '(Purchase) [(Order approval)]', erp: 'nothing' });
  });

  it('and asks for something else than was proposed begins no purchase, and the record says so', async () => {
    const world = new ReplenishmentWorld();
    await world.fallShort(PAPER, '160');
    const { requisition } = await world.ownEvent(PAPER);
    await forged(world, { requisition: { ...requisition, supplierCode: 'SUP-002' } });
    await forged(world, { requester: { employeeId: 'E-1005' } });

    expect(world.engine.executions().at(-1)).toMatchObject({ status: 'FAILED', error: 'ValidationError' });
    const entries = await world.entriesOf(await world.replenishment(PAPER));
    expect(entries.filter((type) => type === 'ForeignPurchaseRefused')).toHaveLength(2);
    await world.handIn(PAPER, { record: '(Purchase) [(Order approval)]', erp: 'nothing' });
  });
});
