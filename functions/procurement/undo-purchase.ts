/** Takes back what the purchase did in the ERP, as far as it can be taken back; never silently. */
import { updateProcess } from '../process/update-process.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { recordOrder } from './create-order.ts';
import { commandKey, hasReceipts, type PurchaseHead, type PurchaseState } from './domain/purchase.ts';
import { type ErpStepDeps, orderOf, readPurchase } from './purchase-deps.ts';
import { intentChange } from './record-intent.ts';
import { factsChange } from './refresh-facts.ts';

/** `kept`: goods were received, so the order stands and the buyer is told. */
export type UndoOutcome = 'nothing-to-undo' | 'order-cancelled' | 'kept';

/** Idempotent. An order whose creation was intended but never answered is looked for in the ERP first. */
export async function undoPurchase(deps: ErpStepDeps, processId: string): Promise<{ outcome: UndoOutcome }> {
  const head = await readPurchase(deps, processId);
  if (head.state.order === undefined && !(await findLostOrder(deps, head))) {
    return { outcome: 'nothing-to-undo' };
  }
  const plan = await updateProcess<PurchaseState, UndoOutcome | 'cancel'>(deps, processId, async (current) => {
    const refreshed = await factsChange(deps.erp, current, ['receipts'], deps.clock.now());
    const state = refreshed.state ?? current.state;
    if (hasReceipts(state)) {
      return { change: refreshed, output: 'kept' };
    }
    if (current.interruption?.outcome === 'cancelled-in-erp') {
      return { output: 'nothing-to-undo' };
    }
    const { orderNumber } = orderOf(state);
    const intent = intentChange(state, commandKey(processId, 'cancel'), {
      type: 'OrderCancelIntended',
      facts: { orderNumber },
    });
    return intent === undefined ? { output: 'cancel' } : { change: intent, output: 'cancel' };
  });
  const outcome = plan === 'cancel' ? await cancel(deps, processId) : plan;
  if (outcome !== 'nothing-to-undo') {
    await recordUndo(deps, processId, outcome);
  }
  return { outcome };
}

async function findLostOrder(deps: ErpStepDeps, head: PurchaseHead): Promise<boolean> {
  const key = commandKey(head.processId, 'order');
  if (!head.state.intended.includes(key)) {
    return false;
  }
  const order = await deps.erp.findOrder(key);
  if (order === undefined) {
    return false;
  }
  await recordOrder(deps, head.processId, order);
  return true;
}

async function cancel(deps: ErpStepDeps, processId: string): Promise<'order-cancelled' | 'kept'> {
  const { orderNumber } = orderOf((await readPurchase(deps, processId)).state);
  try {
    await deps.erp.cancelOrder(orderNumber);
    return 'order-cancelled';
  } catch (error) {
    if (error instanceof BusinessRuleError && error.rule === 'order-already-received') {
      return 'kept';
    }
    throw error;
  }
}

async function recordUndo(deps: ErpStepDeps, processId: string, outcome: 'order-cancelled' | 'kept'): Promise<void> {
  const type = outcome === 'kept' ? 'OrderKept' : 'OrderCancelled';
  await updateProcess<PurchaseState, void>(deps, processId, ({ state }) => {
    const { orderNumber } = orderOf(state);
    if (state.undone !== undefined) {
      return { output: undefined };
    }
    return {
      change: {
        entries: [{ type, actor: { kind: 'erp', id: 'erp' }, facts: { orderNumber } }],
        state: { ...state, undone: outcome },
        effects:
          outcome === 'kept'
            ? [
                {
                  kind: 'mail',
                  mail: {
                    to: 'operators',
                    template: 'operator-notice',
                    facts: {
                      problem: `Purchase ${processId} ends, but goods of order ${orderNumber} were received: the order stands in the ERP. Arrange a return or pay it by hand.`,
                    },
                  },
                },
              ]
            : [],
      },
      output: undefined,
    };
  });
}
