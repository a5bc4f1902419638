import { createDocumentReader } from '../../../tryton/documents.ts';
import { demand, type Stage, type Story } from '../stage.ts';
import { processesOf, stockClerk } from './warehouse.ts';

const CHAIRS = 'P-1001';
const MANAGER = 'E-2006';

export const recovered: Story = {
  title: 'Stock that recovers while people still decide: nothing is bought, and whoever was asked hears of it',
  async play(stage) {
    const { tryton } = stage.cloud;
    const clerk = stockClerk(stage);
    const there = await clerk.forecastOf(CHAIRS);
    const before = await ordersOfChairs(tryton);
    await clerk.setPoint(CHAIRS, String(there - 2), String(there + 8));
    await clerk.takeOut(CHAIRS, '5');
    await stage.mailTo(MANAGER, CHAIRS);
    stage.say('5 chairs were taken, and the manager is asked whether to buy 13');

    await clerk.takeOut(CHAIRS, '-5');
    await stage.newsTo(MANAGER, CHAIRS, '库存已恢复');
    stage.say('the chairs came back before anybody decided: the watch took the question away');

    const { replenishment, purchase } = processesOf(CHAIRS);
    const expected = [['StockRecovered'], ['PurchaseClosed', { outcome: 'recovered' }]] as const;
    await stage.recorded({ processId: purchase, expected });
    const bought = (await ordersOfChairs(tryton)) - before;
    demand(bought === 0, `Tryton has ${bought} orders for chairs that nobody needs`);
    return [
      { processId: purchase, expected },
      { processId: replenishment, expected: [['ReplenishmentClosed', { outcome: 'recovered' }]] },
    ];
  },
};

async function ordersOfChairs(tryton: Stage['cloud']['tryton']): Promise<number> {
  const { orders } = await createDocumentReader(tryton, tryton.logins.admin).listDocuments(100);
  return orders.filter(({ lines }) => lines.some(({ productCode }) => productCode === CHAIRS)).length;
}
