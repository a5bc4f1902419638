import type { Story } from '../stage.ts';
import { deliverAndPay, orderOf, processesOf, stockClerk } from './warehouse.ts';

const SENSORS = 'P-3001';

export const withoutAsking: Story = {
  title:
    'A small quantity that nobody reports: found by the watch, ordered by the rule without asking, paid by approval',
  async play(stage) {
    const clerk = stockClerk(stage);
    const point = String((await clerk.forecastOf(SENSORS)) - 10);
    await clerk.setPoint(SENSORS, point, point);
    await clerk.takeOut(SENSORS, '15');
    stage.say('15 sensors were used up, and the ERP said nothing');
    const { replenishment, purchase } = processesOf(SENSORS);
    const orderNumber = await orderOf(stage, purchase);
    stage.say(
      `the watch found it, and Tryton has ${orderNumber} for 5 sensors: the table lets so little go without asking`,
    );

    await deliverAndPay(stage, SENSORS, orderNumber);

    return [
      {
        processId: purchase,
        expected: [
          ['OrderReleasedByRule', { amount: '1638.00', currency: 'CNY' }],
          ['OrderCreated'],
          ['DecisionMade', { employeeId: 'E-4002', action: 'approve' }],
          ['PurchaseClosed', { outcome: 'paid' }],
        ],
      },
      { processId: replenishment, expected: [['ReplenishmentClosed', { outcome: 'replenished' }]] },
    ];
  },
};
