import { describe, expect, it } from 'vitest';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import { REPLENISHMENT_KIND } from '../../functions/inventory/domain/replenishment.ts';
import { machineArn } from '../support/machines.ts';
import { directoryData, OPERATORS_MAIL } from '../support/purchase-company.ts';
import { redriveFailed } from '../support/redrive.ts';
import { FIXTURE, PAPER, PLANNER, ReplenishmentWorld, SENSORS } from '../support/replenishment-world.ts';

/** Longer than an operator's question waits for an answer. */
const SILENCE = 24 * 90;

async function asked(world: ReplenishmentWorld): Promise<string> {
  await world.linkOf('operators');
  return world.mails.findLast(({ to }) => to === OPERATORS_MAIL)?.text ?? '';
}

const WITHOUT_PLANNER = createFileDirectory({
  ...directoryData,
  people: directoryData.people.map((person) => (person.employeeId === PLANNER ? { ...person, active: false } : person)),
});

describe('a replenishment that cannot be proposed', () => {
  it('because nobody supplies the product is put to the operators once, and goes on when the ERP has a supplier', async () => {
    const world = new ReplenishmentWorld();
    world.stock.withoutSupplier(SENSORS);
    await world.fallShort(SENSORS, '15');
    await world.report(SENSORS);
    expect(await asked(world)).toContain('no supplier of P-3001');
    expect(world.mails.filter(({ to }) => to === OPERATORS_MAIL)).toHaveLength(1);

    world.stock.change(SENSORS, () => ({ supplierCode: 'SUP-003' }));
    await world.decide('operators', 'retry');

    const record = '!ProposeReplenishment retry (Purchase) [(Goods receipt)]';
    await world.handIn(SENSORS, { record, erp: 'PO-1 confirmed' });
  });

  it('because no price is agreed is put to the operators, who give it up, and it is not proposed again tomorrow', async () => {
    const world = new ReplenishmentWorld();
    world.stock.change(FIXTURE, () => ({ supplierCode: 'SUP-001' }));
    await world.report(FIXTURE);
    expect(await asked(world)).toContain('no price of SUP-001 for P-5001');
    await world.decide('operators', 'cancel', 'Not now');
    await world.report(FIXTURE);

    await world.handIn(FIXTURE, { record: '!ProposeReplenishment cancel cancelled', erp: 'nothing' });
    await world.advance(25);
    await world.report(FIXTURE);
    expect(await world.replenishment(FIXTURE, 2)).toMatchObject({ status: 'running' });
  });

  it('because the ERP has no rate of the day is put to the operators', async () => {
    const world = new ReplenishmentWorld();
    world.erp.exchangeRate = async () => undefined;
    await world.fallShort(SENSORS, '15');
    expect(await asked(world)).toContain('no exchange rate of USD');

    await world.handIn(SENSORS, { record: '!ProposeReplenishment (Waiting for an operator)', erp: 'nothing' });
  });

  it('because the planner’s post is vacant is put to the operators: nobody else becomes its requester', async () => {
    const world = new ReplenishmentWorld({ directory: WITHOUT_PLANNER });
    await world.fallShort(SENSORS, '15');
    expect(await asked(world)).toContain('post:inventory-planner names nobody who is active');

    await world.handIn(SENSORS, { record: '!ProposeReplenishment (Waiting for an operator)', erp: 'nothing' });
  });

  it('asks the operators again when none of them answers', async () => {
    const world = new ReplenishmentWorld();
    await world.report(FIXTURE);
    await world.advance(SILENCE);

    const record = expect.stringMatching(/^!ProposeReplenishment !ProposeReplenishment/u);
    await world.handIn(FIXTURE, { record, erp: 'nothing' });
  });

  it('ends by itself when the stock recovers while the operators are asked', async () => {
    const world = new ReplenishmentWorld();
    await world.report(FIXTURE);
    world.stock.move(FIXTURE, '5');

    expect(await world.recover(FIXTURE)).toBe('recovered');
    expect(await world.recover(FIXTURE)).toBe('freed');

    await world.handIn(FIXTURE, { record: '!ProposeReplenishment recovered', erp: 'nothing' });
  });
});

describe('the purchase of a replenishment', () => {
  it('that cannot be started is put to the operators, and begun once they try again', async () => {
    const state = { isDown: true };
    const startFault = (arn: string) =>
      arn.endsWith(':procure-to-pay') && state.isDown ? 'StepFunctions.AccessDenied' : undefined;
    const world = new ReplenishmentWorld({ startFault });
    await world.fallShort(SENSORS, '15');
    state.isDown = false;
    await world.decide('operators', 'retry');

    const record = '!PurchaseGoods retry (Purchase) [(Goods receipt)]';
    await world.handIn(SENSORS, { record, erp: 'PO-1 confirmed' });
  });

  it('that cannot be started is given up by the operators', async () => {
    const startFault = (arn: string) => (arn.endsWith(':procure-to-pay') ? 'StepFunctions.AccessDenied' : undefined);
    const world = new ReplenishmentWorld({ startFault });
    await world.fallShort(SENSORS, '15');
    await world.decide('operators', 'cancel', 'Not now');

    await world.handIn(SENSORS, { record: '!PurchaseGoods cancel cancelled', erp: 'nothing' });
  });

  it('whose execution fails is brought to its end by another one, and the replenishment ends as it does', async () => {
    const state = { isDown: true };
    const world = new ReplenishmentWorld({
      fault: (_, name) => (name === 'RouteApproval' && state.isDown ? 'refused' : undefined),
    });
    await world.fallShort(SENSORS, '15');
    await world.advance(3);
    expect(await asked(world)).toContain('PurchaseGoods');
    state.isDown = false;
    await redriveFailed(world, machineArn('procure-to-pay'));
    // What is begun anew is a duplicate by now, and nothing closes while the purchase is under way.
    await world.retryAsOperator(await world.replenishment(SENSORS));
    expect(await asked(world)).toContain('has not come to its end');
    await world.retryAsOperator(await world.purchase(SENSORS));
    await world.deliverAndPay(SENSORS);
    await world.retryAsOperator(await world.replenishment(SENSORS));

    await world.handIn(SENSORS, {
      record: expect.stringMatching(/^!PurchaseGoods retry !CloseReplenishment retry replenished \[.*paid\]$/u),
      erp: expect.stringMatching(/^PO-1 done/u),
    });
  });
});

describe('the end of a replenishment', () => {
  it('that fails is tried again by the operators, who cannot leave it out', async () => {
    const state = { isDown: true };
    const world = new ReplenishmentWorld({
      fault: (_, name) => (name === 'CloseReplenishment' && state.isDown ? 'refused' : undefined),
    });
    await world.report(PAPER);
    expect(await asked(world)).toContain('CloseReplenishment');
    state.isDown = false;
    await world.decide('operators', 'retry');

    await world.handIn(PAPER, { record: '!CloseReplenishment retry recovered', erp: 'nothing' });
  });
});

describe('the execution of a replenishment that fails', () => {
  /** A world in which a function is refused for good until it is mended. */
  function worldWithout(functionName: string) {
    const state = { isDown: true };
    const world = new ReplenishmentWorld({
      fault: (_, name) => (name === functionName && state.isDown ? 'refused' : undefined),
    });
    return { world, state };
  }

  it('before there is a process is begun again by a redrive', async () => {
    const { world, state } = worldWithout('OpenReplenishment');
    await world.fallShort(SENSORS, '15');
    state.isDown = false;
    await redriveFailed(world, machineArn(REPLENISHMENT_KIND));

    await world.handIn(SENSORS, { record: '(Purchase) [(Goods receipt)]', erp: 'PO-1 confirmed' });
  });

  it.each([
    ['because not even the operators can be asked', 'RouteReplenishment'],
    ["because the operators' question cannot be opened", 'OpenLevel'],
  ])('%s goes on with asking them after a redrive', async (_, functionName) => {
    const { world, state } = worldWithout(functionName);
    await world.report(FIXTURE);
    await world.advance(3);
    state.isDown = false;
    await redriveFailed(world, machineArn(REPLENISHMENT_KIND));
    await world.decide('operators', 'cancel', 'Not now');

    await world.handIn(FIXTURE, { record: '!ProposeReplenishment cancel cancelled', erp: 'nothing' });
  });
});
