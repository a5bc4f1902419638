/** The purchase as a scenario of the fault explorer. */
import { requisitionEvent } from '../../support/purchase-company.ts';
import type { Scenario } from '../kit/run.ts';
import { requestScenario } from '../requests/scenario.ts';
import { type Cast, GOING_ON } from '../requests/take-step.ts';
import { purchaseRules } from './invariants.ts';
import { drawPurchase, stepSchema } from './steps.ts';
import { bank, takeStep } from './take-step.ts';
import { type PlantedInPurchases, PurchaseChaosWorld } from './world.ts';

/** What the requester sends in the place of what was returned; the last two cannot be taken. */
const CHANGES: readonly object[] = [
  {},
  { title: 'Less paper' },
  {
    lines: [{ productCode: 'P-1001', quantity: '6', unitPrice: '680.00', amount: '4080.00' }],
    total: '4080.00',
  },
  {
    lines: [{ productCode: 'P-1001', quantity: '80', unitPrice: '680.00', amount: '54400.00' }],
    total: '54400.00',
  },
  { total: '1.00' },
  { supplierCode: 'SUP-999' },
];

/** @param planted - parts with a defect, which the explorer must find */
export function purchaseScenario(planted: PlantedInPurchases = {}): Scenario {
  return requestScenario({
    name: 'purchase',
    steps: stepSchema,
    draw: drawPurchase,
    stage: (seed, chaos) => {
      const world = new PurchaseChaosWorld({ seed, chaos, planted });
      const other = requisitionEvent({ requisition: { title: 'Another' } });
      const cast: Cast = { world, events: [requisitionEvent()], other, changes: CHANGES, mended: {}, words: GOING_ON };
      return {
        cast,
        takeStep: (step) => takeStep(world, cast, step),
        help: (kinds) => help(world, kinds),
        rules: purchaseRules(world),
      };
    },
  });
}

/** The warehouse receives, accounting enters and mends invoices, and the bank pays. */
function help(world: PurchaseChaosWorld, kinds: readonly string[]): void {
  const order = world.erp.allOrders().find(({ state }) => state !== 'cancelled');
  if (order === undefined) {
    return;
  }
  if (kinds.includes('goods-receipt')) {
    world.erp.receiveGoods(order.orderNumber);
  }
  if (kinds.includes('supplier-invoice')) {
    for (const invoiceId of world.erp.openInvoices()) {
      world.erp.correctInvoice(invoiceId, {});
    }
    world.erp.enterInvoice(order.orderNumber);
  }
  if (kinds.includes('payment')) {
    bank(world, 0, true);
  }
}
