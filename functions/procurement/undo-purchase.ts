/** Takes back what the purchase did in the ERP, as far as it can be taken back; never silently. */
import { operatorNotice } from '../process/domain/operator-notice.ts';
import { updateProcess } from '../process/update-process.ts';
import { commandKey, type Reason } from '../requests/domain/request.ts';
import { readRequest } from '../requests/read-request.ts';
import { intentChange } from '../requests/record-intent.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { recordOrder } from './create-order.ts';
import { hasReceipts, PURCHASE, type PurchaseHead, type PurchaseState, paymentsUnderWay } from './domain/purchase.ts';
import { type ErpStepDeps, orderOf } from './purchase-deps.ts';
import { factsChange } from './refresh-facts.ts';

/** `kept`: goods were received, so the order stands and the buyer is told. */
export type UndoOutcome = 'nothing-to-undo' | 'order-cancelled' | 'kept';

/** Idempotent. An order whose creation was intended but never answered is looked for in the ERP first. */
export async function undoPurchase(deps: ErpStepDeps, processId: string): Promise<{ outcome: UndoOutcome }> {
  const head = await readRequest<PurchaseState>(deps, processId);
  if (head.state.order === undefined && !(await findLostOrder(deps, head))) {
    return { outcome: 'nothing-to-undo' };
  }
  const plan = await updateProcess<PurchaseState, UndoOutcome | 'cancel'>(deps, processId, async (current) => {
    const refreshed = await factsChange(deps.erp, current, ['receipts', 'invoices', 'payments'], deps.clock.now());
    const state = refreshed.state ?? current.state;
    demandNothingOnItsWay(state);
    if (hasReceipts(state)) {
      return { change: refreshed, output: 'kept' };
    }
    if (current.interruption?.outcome === 'cancelled-in-erp') {
      return { output: 'nothing-to-undo' };
    }
    const { orderNumber } = orderOf(state);
    const intent = intentChange(PURCHASE, state, commandKey(processId, 'cancel'), {
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

/** Money that may be moving is seen to its end first: whoever gave the purchase up would pay it by hand as well. */
function demandNothingOnItsWay(state: PurchaseState): void {
  const invoices = paymentsUnderWay(state);
  if (invoices.length > 0) {
    throw new BusinessRuleError(
      'payment-under-way',
      `the purchase cannot end yet: ${invoices.join(', ')} may be being paid; try again when the bank has paid or refused`,
    );
  }
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
  const { orderNumber } = orderOf((await readRequest<PurchaseState>(deps, processId)).state);
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
        effects: outcome === 'kept' ? [keptNotice(processId, orderNumber, paidText(state))] : [],
      },
      output: undefined,
    };
  });
}

function keptNotice(processId: string, orderNumber: string, paid: Reason) {
  return operatorNotice({
    en: `Purchase ${processId} ends, but goods of order ${orderNumber} were received: the order stands in the ERP. ${paid.en}`,
    zh: `采购流程 ${processId} 结束，但订单 ${orderNumber} 已收货：该订单在 ERP 中保留。${paid.zh}`,
  });
}

function paidText(state: PurchaseState): Reason {
  const paid = Object.values(state.payments)
    .filter(({ state: payment }) => payment === 'completed')
    .map(
      ({ paymentNumber, invoiceId, amount }) => `${paymentNumber} (${amount.amount} ${amount.currency}, ${invoiceId})`,
    );
  return paid.length === 0
    ? {
        en: 'Nothing was paid: arrange a return, or pay it by hand.',
        zh: '尚未付款：请安排退货，或人工付款。',
      }
    : {
        en: `Already paid: ${paid.join(', ')}. Arrange a return, or pay what is left by hand.`,
        zh: `已付款：${paid.join('、')}。请安排退货，或人工支付余款。`,
      };
}
