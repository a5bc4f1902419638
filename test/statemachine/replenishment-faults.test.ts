import { describe, expect, it } from 'vitest';
import { firstCallOf } from '../support/failing-at-first.ts';
import { PAPER, ReplenishmentWorld, SENSORS } from '../support/replenishment-world.ts';

const PATIENCE = 60;
/** Every function that a replenishment and its purchase call, until the supplier is paid. */
const STEPS = [
  'OpenReplenishment',
  'ProposeReplenishment',
  'RegisterRequest',
  'ValidateRequisition',
  'EnrichRequisition',
  'RouteApproval',
  'CreateOrder',
  'AwaitFacts',
  'MatchInvoices',
  'OpenLevel',
  'RequestPayment',
  'ClosePurchase',
  'CloseReplenishment',
];
const WAYS = ['dies-before', 'dies-after', { error: 'ConnectorTransientError' }] as const;
const CASES = STEPS.flatMap((step) => WAYS.map((fault) => ({ step, fault, way: JSON.stringify(fault) })));
const PAID = {
  record: expect.stringMatching(/^replenished \[approve.* paid\]$/u),
  erp: 'PO-1 done, PAY-1 completed 227.50, PO-1 linked',
};

/** What the steps ask of the ERP; the poller is another's business. */
const ASKED: readonly string[] = [
  ...['findSupplier', 'findProducts', 'exchangeRate', 'readBudget'],
  ...['createOrder', 'requestPayment', 'linkRecord'],
];

describe('whatever step fails once', () => {
  it.each(CASES)('$step $way: what is released by rule is ordered once and paid once', async ({ step, fault }) => {
    const world = new ReplenishmentWorld({ fault: firstCallOf(step, fault), patience: PATIENCE });
    await world.fallShort(SENSORS, '15');
    await world.report(SENSORS);
    await world.deliverAndPay(SENSORS);
    await world.advance(2);

    expect(world.erp.documentsPerKey()).toEqual([1, 1]);
    const released = (await world.entriesOf(await world.purchase(SENSORS))).filter(
      (type) => type === 'OrderReleasedByRule',
    );
    expect(released).toHaveLength(1);
    await world.handIn(SENSORS, PAID);
  });

  it.each(CASES.filter(({ step }) => STEPS.indexOf(step) < STEPS.indexOf('CreateOrder')))(
    '$step $way: stock that recovers while people decide is not bought',
    async ({ step, fault }) => {
      const world = new ReplenishmentWorld({ fault: firstCallOf(step, fault), patience: PATIENCE });
      await world.fallShort(PAPER, '160');
      world.stock.move(PAPER, '50');
      await world.recover(PAPER);
      await world.advance(2);

      await world.handIn(PAPER, { record: 'recovered [recovered]', erp: 'nothing' });
    },
  );
});

describe('an ERP that fails', () => {
  it.each(['down', 'lost-reply'] as const)('at every first call (%s) is asked for one order', async (fault) => {
    const world = new ReplenishmentWorld({ patience: PATIENCE });
    const failed = new Set<string>();
    const first = (operation: string) => {
      const isFirst = !failed.has(operation);
      failed.add(operation);
      return isFirst ? fault : undefined;
    };
    world.stock.fault = first;
    await world.poll();
    world.erp.fault = (operation) => (ASKED.includes(operation) ? first(operation) : undefined);
    await world.fallShort(SENSORS, '15');
    await world.deliverAndPay(SENSORS);
    await world.advance(2);

    expect(world.erp.documentsPerKey()).toEqual([1, 1]);
    await world.handIn(SENSORS, PAID);
  });

  it('for a day is asked again when it is up, by an operator', async () => {
    const world = new ReplenishmentWorld();
    const state = { isDown: true };
    world.stock.fault = () => (state.isDown ? 'down' : undefined);
    await world.fallShort(SENSORS, '15');
    await world.advance(24);
    state.isDown = false;
    await world.decide('operators', 'retry');

    const record = expect.stringMatching(/^!ProposeReplenishment retry \(Purchase\)/u);
    await world.handIn(SENSORS, { record, erp: 'PO-1 confirmed' });
  });
});

describe('a start of the purchase that is throttled', () => {
  it('is repeated, and one purchase begins', async () => {
    let starts = 0;
    const startFault = (arn: string) => {
      starts += Number(arn.endsWith(':procure-to-pay'));
      return arn.endsWith(':procure-to-pay') && starts === 1 ? 'StepFunctions.ThrottlingException' : undefined;
    };
    const world = new ReplenishmentWorld({ startFault, patience: PATIENCE });
    await world.fallShort(SENSORS, '15');

    await world.handIn(SENSORS, { record: '(Purchase) [(Goods receipt)]', erp: 'PO-1 confirmed' });
  });
});
