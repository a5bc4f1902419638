import { describe, expect, it } from 'vitest';
import { handInPurchase } from '../support/purchase-end.ts';
import { PURCHASE_MACHINE } from '../support/purchase-machines.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';
import { redriveFailed } from '../support/redrive.ts';
import { event } from './purchase-stories.ts';

const ASKED_AGAIN = { record: '!RouteOrderApproval retry (Order approval)', erp: 'nothing', oa: 'accepted' };

/** A world in which a function is refused for good while `isDown` says so. */
function worldWithout(functionName: string, isDown: () => boolean): PurchaseWorld {
  return new PurchaseWorld({
    fault: (_, name) => (name === functionName && isDown() ? 'refused' : undefined),
  });
}

describe('an execution that fails', () => {
  it('over an event that cannot be registered leaves nothing behind', async () => {
    const world = new PurchaseWorld();
    await world.startExecution({ ...event, oa: { system: 'demo-oa' } });

    expect(world.engine.executions()).toMatchObject([{ status: 'FAILED', error: 'ValidationError' }]);
    const unfit = ['RegisterRequest: event.oa.requestId: Invalid input: expected string, received undefined'];
    await handInPurchase(world, event, { record: 'nothing', erp: 'nothing', oa: 'nothing' }, unfit);
  });

  it('before there is a process is begun again by a redrive', async () => {
    let isDown = true;
    const world = worldWithout('RegisterRequest', () => isDown);
    await world.submit(event);
    isDown = false;

    await redriveFailed(world, PURCHASE_MACHINE);

    await handInPurchase(world, event, { record: '(Order approval)', erp: 'nothing', oa: 'accepted' });
  });

  it.each([
    ['because not even the operators can be asked', 'RouteApproval'],
    ["because the operators' question cannot be opened", 'OpenLevel'],
  ])('%s goes on with asking them after a redrive', async (_, functionName) => {
    let isDown = true;
    const world = worldWithout(functionName, () => isDown);
    await world.submit(event);
    await world.advance(3);
    isDown = false;

    await redriveFailed(world, PURCHASE_MACHINE);
    await world.decide('operators', 'retry');

    await handInPurchase(world, event, ASKED_AGAIN);
  });
});

describe('an approval that fails because its deadline cannot be rung', () => {
  it('is a question to the operators, who have it asked again', async () => {
    let isDown = true;
    const world = worldWithout('RingAlarm', () => isDown);
    await world.submit(event);
    world.alarms.forgetAll();
    await world.advance(24 * 101);
    isDown = false;

    await world.decide('operators', 'retry');

    await handInPurchase(world, event, ASKED_AGAIN);
  });
});
