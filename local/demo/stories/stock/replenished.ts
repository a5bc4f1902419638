import { decideByMail } from '../../approver.ts';
import { demand, type Story } from '../stage.ts';
import { deliverAndPay, orderOf, processesOf, reportShort, stockClerk } from './warehouse.ts';

const PAPER = 'P-1002';
/** Below the reorder point of 100; 400 are to be. */
const LEFT = 90;
const BOUGHT = '310';
const PLANNERS_MANAGER = 'E-2006';
const PAPER_PRICE = 128;

export const replenished: Story = {
  title: 'A stock warning (库存预警), reported three times: one replenishment, approved, ordered, received and paid',
  async play(stage) {
    const clerk = stockClerk(stage);
    const taken = (await clerk.forecastOf(PAPER)) - LEFT;
    await clerk.takeOut(PAPER, String(taken));
    for (let time = 0; time < 3; time += 1) {
      await reportShort(stage, PAPER);
    }
    stage.say(
      `${taken} boxes of paper were used up, and the ERP said three times that the stock is below its reorder point`,
    );
    const { replenishment, purchase } = processesOf(PAPER);
    await stage.recorded({
      processId: replenishment,
      expected: [['ReplenishmentOpened'], ['ReplenishmentProposed', { quantity: BOUGHT, target: '400' }]],
    });
    await decideByMail(await stage.mailTo(PLANNERS_MANAGER, PAPER), 'approve');
    stage.say(`the planner's manager approved ${BOUGHT} boxes`);
    await decideByMail(await stage.mailTo('E-3001', PAPER), 'approve');
    stage.say('the department head approved as well');
    const orderNumber = await orderOf(stage, purchase);

    const { order, payments } = await deliverAndPay(stage, PAPER, orderNumber);

    demand(
      order.lines.length === 1 && Number(order.lines[0]?.quantity) === Number(BOUGHT),
      `Tryton has ${order.lines.map(({ quantity }) => quantity)} of ${PAPER} on ${orderNumber}, not ${BOUGHT}`,
    );
    const paid = payments.reduce((total, { amount }) => total + Number(amount), 0);
    demand(paid === Number(BOUGHT) * PAPER_PRICE, `${paid} was paid for ${orderNumber}`);
    return [
      {
        processId: replenishment,
        expected: [['ReplenishmentProposed'], ['ReplenishmentClosed', { outcome: 'replenished' }]],
      },
      {
        processId: purchase,
        expected: [
          ['RequisitionRegistered', { system: 'meridian', requestId: replenishment }],
          ['DecisionMade', { employeeId: PLANNERS_MANAGER, action: 'approve' }],
          ['OrderCreated'],
          ['PurchaseClosed', { outcome: 'paid' }],
        ],
      },
    ];
  },
};
