/** A replenishment: from the reorder point that a product fell below to the purchase that fills it up. */

import type { FiredRules } from '../../functions/approvals/domain/plan.ts';
import { digestOf } from '../../functions/audit/domain/canonical-json.ts';
import { multiply, roundToCurrency } from '../../functions/money/money.ts';
import type { HistoryCase } from './case.ts';
import type { BoughtLine } from './catalogue.ts';

export const WAREHOUSE = 'WH';

export interface StockProduct {
  readonly productCode: string;
  readonly supplierCode: string;
  readonly unitPrice: string;
}

/** What goes to procure-to-pay, and the row that lets it go without asking. */
export interface ProposedPurchase {
  readonly costCentre: string;
  readonly line: BoughtLine;
  readonly ruledBy?: FiredRules;
}

/** The end of the purchase; undefined: it is not there yet. */
export type Bought = { readonly outcome: string; readonly at: Date } | undefined;

/** @param buy - tells the purchase, a process of its own that begins now */
export async function tellReplenishment(
  story: HistoryCase,
  { productCode, supplierCode, unitPrice }: StockProduct,
  buy: (purchase: ProposedPurchase) => Promise<Bought>,
): Promise<void> {
  const { chance, company, executionId } = story;
  const { currency, policies } = company;
  story.say('ReplenishmentOpened', { productCode, warehouse: WAREHOUSE, generation: 1, executionId });
  story.tick(5000);
  if (chance.isTrue(0.12)) {
    story.say('StockRecovered', { onHand: '40', forecast: '40', minimum: '20' });
    return story.end('ReplenishmentClosed', 'recovered');
  }
  const quantity = String(chance.whole(2, 30));
  const total = roundToCurrency(multiply(quantity, unitPrice), currency);
  const rule = await policies.replenishmentRule({ warehouse: WAREHOUSE, categories: [''], amount: total });
  const line = { productCode, quantity, unitPrice, amount: total };
  const purchase = { costCentre: rule.costCentre, supplierCode, currency, lines: [line], total };
  const stock = { onHand: '10', forecast: '10', minimum: '20', target: '40', unit: 'Unit' };
  const ruled = { policyDigest: policies.inForce().digest, ruledBy: [rule.ruledBy] };
  const facts = { ...stock, ...purchase, requesterId: story.requesterId, digest: digestOf(purchase), ...ruled };
  story.say('ReplenishmentProposed', facts);
  const { costCentre } = rule;
  const bought = await buy({ costCentre, line, ...(rule.release === 'automatic' ? { ruledBy: rule.ruledBy } : {}) });
  if (bought !== undefined) {
    story.now = bought.at;
    story.end('ReplenishmentClosed', bought.outcome === 'paid' ? 'replenished' : bought.outcome);
  }
}
