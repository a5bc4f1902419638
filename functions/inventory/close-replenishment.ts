/** The end of a replenishment: what became of its purchase, and whether the stock may be reported again at once. */
import type { ProcessHead } from '../process/domain/process.ts';
import { type ProcessDeps, readHead, registeredHead, updateProcess } from '../process/update-process.ts';
import type { PurchaseOutcome, PurchaseState } from '../procurement/domain/purchase.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import {
  isPausing,
  REPLENISHMENT_KIND,
  type ReplenishmentOutcome,
  type ReplenishmentState,
} from './domain/replenishment.ts';
import { purchaseIdOf } from './own-purchase.ts';
import { endItem, readStockItem } from './stock-items.ts';

export interface CloseReplenishmentInput {
  readonly processId: string;
  /** How the state machine came here; what became of a purchase counts instead, where there is one. */
  readonly ending: string;
}

const DAY = 86_400_000;
/** Days of a pause before any rule was asked. */
const PAUSE_DAYS = 1;

/**
 * Idempotent.
 * @throws BusinessRuleError `purchase-under-way` while the purchase has not come to its end: its execution failed.
 */
export async function closeReplenishment(
  deps: ProcessDeps,
  { processId, ending }: CloseReplenishmentInput,
): Promise<{ outcome: ReplenishmentOutcome }> {
  const purchase = await readHead<PurchaseState>(deps.store, purchaseIdOf(processId));
  if (purchase !== undefined && purchase.status !== 'ended') {
    throw new BusinessRuleError(
      'purchase-under-way',
      `the purchase ${purchase.processId} has not come to its end: bring it there, and try again`,
    );
  }
  const head = await registeredHead<ReplenishmentState>(deps.store, processId);
  const outcome = outcomeOf(purchase, head.interruption?.outcome ?? ending);
  const notBefore = isPausing(outcome) ? pauseOf(deps, head.state) : undefined;
  return updateProcess<ReplenishmentState, { outcome: ReplenishmentOutcome }>(deps, processId, async (current) => {
    if (current.status === 'ended') {
      return { output: { outcome: outcomeOf(undefined, current.outcome ?? ending) } };
    }
    const item = await readStockItem(deps.store, current.state);
    const isNewest = item?.value.processId === processId;
    return {
      change: {
        entries: [
          {
            type: 'ReplenishmentClosed',
            actor: { kind: 'meridian', id: REPLENISHMENT_KIND },
            facts: { outcome, ...(notBefore === undefined ? {} : { notBefore }) },
          },
        ],
        phase: 'Closed',
        end: { outcome },
      },
      also: item !== undefined && isNewest ? endItem(item, notBefore) : [],
      output: { outcome },
    };
  });
}

function pauseOf({ clock }: ProcessDeps, { proposal }: ReplenishmentState): string {
  return new Date(clock.now().getTime() + (proposal?.pauseDays ?? PAUSE_DAYS) * DAY).toISOString();
}

function outcomeOf(purchase: ProcessHead | undefined, ending: string): ReplenishmentOutcome {
  const outcome = OUTCOMES[purchase?.outcome ?? ending];
  if (outcome === undefined) {
    throw new Error(`a replenishment cannot end as ${purchase?.outcome ?? ending}`);
  }
  return outcome;
}

const OUTCOMES: { readonly [ending in PurchaseOutcome]: ReplenishmentOutcome } & {
  readonly [ending: string]: ReplenishmentOutcome | undefined;
} = {
  paid: 'replenished',
  replenished: 'replenished',
  recovered: 'recovered',
  refused: 'refused',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  cancelled: 'cancelled',
  expired: 'expired',
};
