import { describe, expect, it } from 'vitest';
import { failingAtFirst, RETRIED_ERRORS } from '../support/failing-at-first.ts';
import { FIXTURE, ReplenishmentWorld, SENSORS } from '../support/replenishment-world.ts';

describe.each(RETRIED_ERRORS)('%s at the first attempt of everything', (error) => {
  it('keeps no replenishment from its end', async () => {
    const world = new ReplenishmentWorld(failingAtFirst(error));
    await world.fallShort(SENSORS, '15');
    await world.deliverAndPay(SENSORS);
    await world.advance(2);

    expect(world.erp.documentsPerKey()).toEqual([1, 1]);
    await world.handIn(SENSORS, {
      record: expect.stringMatching(/^replenished \[approve.* paid\]$/u),
      erp: 'PO-1 done, PAY-1 completed 227.50, PO-1 linked',
    });
  });

  it('keeps no operator from giving one up', async () => {
    const world = new ReplenishmentWorld(failingAtFirst(error));
    await world.report(FIXTURE);
    await world.decide('operators', 'cancel', 'Not now');

    await world.handIn(FIXTURE, { record: '!ProposeReplenishment cancel cancelled', erp: 'nothing' });
  });
});
