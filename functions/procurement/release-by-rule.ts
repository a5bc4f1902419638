/**
 * Orders that fill up stock and that the company's table lets go without anybody being asked. A missing approver is never an
 * approval: without a row that says so in words, and for anything that people have seen already, people are asked.
 */
import { listApprovals } from '../approvals/approval-store.ts';
import { rememberPolicies } from '../policy/policy-versions.ts';
import type { Policies } from '../policy/port.ts';
import { versionOf } from '../process/domain/process.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import type { CompanyFacts } from '../requests/company.ts';
import { PROCESS_KIND, type PurchaseHead, type PurchaseState } from './domain/purchase.ts';
import { purchaseScope } from './domain/purchase-scope.ts';
import { earlierPurchases } from './earlier-purchases.ts';
import { replenishedStock } from './replenished-stock.ts';
import { checkSplit } from './split-purchases.ts';

interface ReleaseDeps extends ProcessDeps {
  readonly policies: Policies;
  readonly company: CompanyFacts;
}

/**
 * Whether the order needs no approval; recorded with the rows that say so. Several small ones that exceed a limit together
 * are a split purchase, and people are asked. Idempotent.
 */
export function releaseByRule(deps: ReleaseDeps, processId: string): Promise<boolean> {
  return updateProcess<PurchaseState, boolean>(deps, processId, async (head) => {
    if (head.state.released === true) {
      return { output: true };
    }
    const rule = await ruleFor(deps, head);
    const amount = head.state.enrichment?.baseTotal.amount;
    if (rule?.release !== 'automatic' || amount === undefined) {
      return { output: false };
    }
    const split = await checkSplit(deps, head, amount);
    if (split?.together !== undefined) {
      return { output: false };
    }
    const { currency } = deps.company;
    const history = await earlierPurchases(deps, head, { amount, currency });
    const policy = deps.policies.inForce();
    await rememberPolicies(deps, policy);
    const facts = { amount, currency, policyDigest: policy.digest, ruledBy: [rule.ruledBy] };
    return {
      change: {
        entries: [{ type: 'OrderReleasedByRule', actor: { kind: 'meridian', id: PROCESS_KIND }, facts }],
        state: { ...head.state, released: true },
      },
      also: [split, history].flatMap((one) => one?.change ?? []),
      output: true,
    };
  });
}

/** Undefined: an order that people decide about. What the table says is asked anew, with the ERP's figures of this purchase. */
async function ruleFor(deps: ReleaseDeps, head: PurchaseHead) {
  const stock = await replenishedStock(deps.store, head);
  const { enrichment } = head.state;
  if (stock === undefined || enrichment === undefined || versionOf(head) > 1 || head.interruption !== undefined) {
    return undefined;
  }
  const wasAsked = (await listApprovals(deps.store, head.processId)).some(({ plan }) => plan.subject === 'order');
  if (wasAsked) {
    return undefined;
  }
  const { lines } = purchaseScope(head.state, deps.company.currency);
  return deps.policies.replenishmentRule({
    warehouse: stock.warehouse,
    categories: lines.map(({ category }) => category),
    amount: enrichment.baseTotal.amount,
  });
}
