import { describe, it } from 'vitest';
import { handInPurchase } from '../support/purchase-end.ts';
import { PURCHASE_MACHINE } from '../support/purchase-machines.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';
import { event } from './purchase-story-parts.ts';
import { describeRedrives } from './redrive-suite.ts';

const ASKED_AGAIN = { record: '!RouteOrderApproval retry (Order approval)', erp: 'nothing', oa: 'accepted' };

/** A world in which a function is refused for good while `isDown` says so. */
function worldWithout(functionName: string, isDown: () => boolean): PurchaseWorld {
  return new PurchaseWorld({
    fault: (_, name) => (name === functionName && isDown() ? 'refused' : undefined),
  });
}

describeRedrives('the execution of a purchase that fails', {
  world: (options) => new PurchaseWorld(options),
  event,
  machineArn: PURCHASE_MACHINE,
  route: 'RouteApproval',
  firstRoute: 'RouteOrderApproval',
  phase: 'Order approval',
  handIn: (world, expected, unfit) => handInPurchase(world, event, expected, unfit),
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
