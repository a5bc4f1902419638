/**
 * Stock that is not short any more: a replenishment that has ordered nothing yet is not needed, and one that people refused
 * may begin again when the stock falls the next time.
 */
import { endOpenApprovals } from '../approvals/end-open-approvals.ts';
import type { StockLevel } from '../connectors/erp/stock-port.ts';
import { type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import { PURCHASE, type PurchaseState } from '../procurement/domain/purchase.ts';
import { commandKey } from '../requests/domain/request.ts';
import { interruptRequest, isDecidedToEnd } from '../requests/interrupt-request.ts';
import { REPLENISHMENT_KIND, type ReplenishmentState } from './domain/replenishment.ts';
import { purchaseIdOf } from './own-purchase.ts';
import { endItem, readStockItem, type StockItem } from './stock-items.ts';

const OUTCOME = 'recovered';

/** What the ERP says now; undefined: it has no reorder point there any more. */
export type Figures = Pick<StockLevel, 'onHand' | 'forecast' | 'minimum'> | undefined;

/** `left`: it has ordered, or comes to another end; `freed`: it was paused. */
export type Recovery = 'recovered' | 'left' | 'freed';

/** Idempotent. */
export async function recoverStock(deps: ProcessDeps, item: StockItem, figures: Figures): Promise<Recovery> {
  if (!item.isOpen) {
    return free(deps, item);
  }
  const purchaseId = purchaseIdOf(item.processId);
  const purchase = await readHead<PurchaseState>(deps.store, purchaseId);
  return purchase === undefined
    ? endBeforePurchase(deps, item.processId, figures)
    : endPurchase(deps, purchaseId, figures);
}

async function free(deps: ProcessDeps, item: StockItem): Promise<Recovery> {
  const known = await readStockItem(deps.store, item);
  if (known !== undefined && known.value.processId === item.processId && !known.value.isOpen) {
    await deps.store.commit({ entries: [], personal: [], changes: endItem(known, undefined) });
  }
  return 'freed';
}

/** Once an order is intended it may stand in the ERP: it goes on. */
function endPurchase(deps: ProcessDeps, purchaseId: string, figures: Figures): Promise<Recovery> {
  return updateProcess<PurchaseState, Recovery>(deps, purchaseId, async (head) => {
    const { state } = head;
    const hasOrdered = state.order !== undefined || state.intended.includes(commandKey(purchaseId, 'order'));
    const isEnding =
      head.status === 'ended' || head.interruption !== undefined || (await isDecidedToEnd(deps, PURCHASE, head));
    if (hasOrdered || isEnding) {
      return { output: 'left' };
    }
    const interrupted = await interruptRequest(deps, PURCHASE, head, {
      outcome: OUTCOME,
      command: { kind: 'cancel', outcome: OUTCOME },
      entry: entryOf(figures),
    });
    return { ...interrupted, output: 'recovered' };
  });
}

function endBeforePurchase(deps: ProcessDeps, processId: string, figures: Figures): Promise<Recovery> {
  return updateProcess<ReplenishmentState, Recovery>(deps, processId, async (head) => {
    if (head.status === 'ended' || head.interruption !== undefined) {
      return { output: 'left' };
    }
    const { entries, also, ...ended } = await endOpenApprovals(deps, head, { kind: 'cancel', outcome: OUTCOME });
    return {
      change: {
        ...ended,
        entries: [entryOf(figures), ...entries],
        interruption: { outcome: OUTCOME, at: deps.clock.now().toISOString() },
      },
      also,
      output: 'recovered',
    };
  });
}

function entryOf(figures: Figures) {
  const { onHand, forecast, minimum } = figures ?? {};
  return {
    type: 'StockRecovered',
    actor: { kind: 'meridian', id: REPLENISHMENT_KIND },
    facts: figures === undefined ? {} : { onHand: onHand ?? '', forecast: forecast ?? '', minimum: minimum ?? '' },
  } as const;
}
