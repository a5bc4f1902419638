/** Creates and confirms the order in the ERP, once, whatever is repeated. */
import type { CreateOrderCommand, PurchaseOrder } from '../connectors/erp/port.ts';
import { compare } from '../money/money.ts';
import type { InterruptionOutcome } from '../process/domain/process.ts';
import { orderKey } from '../process/keys.ts';
import { updateProcess } from '../process/update-process.ts';
import { type CompanyFacts, companyDate } from '../requests/company.ts';
import { barrierOf, commandKey } from '../requests/domain/request.ts';
import { intentChange } from '../requests/record-intent.ts';
import { ConnectorPermanentError } from '../runtime/errors.ts';
import { orderedMessage } from './domain/messages.ts';
import { type OrderReference, PURCHASE, type PurchaseHead, type PurchaseState } from './domain/purchase.ts';
import { type ErpStepDeps, requisitionOf } from './purchase-deps.ts';
import { replenishedStock } from './replenished-stock.ts';

export interface CreateOrderDeps extends ErpStepDeps {
  readonly company: CompanyFacts;
}

/** `held` by compliance, or the outcome of an interruption: nothing was ordered. */
export type CreateOrderOutcome = 'created' | 'held' | InterruptionOutcome;

/** Idempotent per process: the same order however often it is called. Errors are those of the ERP port. */
export async function createOrder(deps: CreateOrderDeps, processId: string): Promise<{ outcome: CreateOrderOutcome }> {
  const step = await updateProcess<PurchaseState, PurchaseHead | CreateOrderOutcome>(deps, processId, (head) => {
    const key = commandKey(processId, 'order');
    const barred = head.state.order === undefined ? barrierOf(head, key) : 'created';
    if (barred !== undefined) {
      return { output: barred };
    }
    const requisition = requisitionOf(head.state);
    const change = intentChange(PURCHASE, head.state, key, {
      type: 'OrderIntended',
      facts: { supplierCode: requisition.supplierCode, total: requisition.total, currency: requisition.currency },
    });
    return change === undefined ? { output: head } : { change, output: head };
  });
  if (typeof step === 'string') {
    return { outcome: step };
  }
  const stock = await replenishedStock(deps.store, step);
  const command = { ...commandOf(deps, step), ...(stock === undefined ? {} : { warehouse: stock.warehouse }) };
  const order = await deps.erp.createOrder(command);
  const difference = differenceOf(command, order);
  if (difference !== undefined) {
    throw new ConnectorPermanentError(`order ${order.orderNumber} is not what was approved: ${difference}`);
  }
  await recordOrder(deps, processId, order);
  return { outcome: 'created' };
}

function commandOf(deps: CreateOrderDeps, head: PurchaseHead): CreateOrderCommand {
  const requisition = requisitionOf(head.state);
  return {
    key: commandKey(head.processId, 'order'),
    supplierCode: requisition.supplierCode,
    currency: requisition.currency,
    orderDate: companyDate(deps.clock, deps.company.timeZone),
    description: `${requisition.title} (${head.oa.system} ${head.oa.requestId})`,
    costCentre: requisition.costCentre,
    lines: requisition.lines.map(({ productCode, quantity, unitPrice }, index) => ({
      lineNumber: index + 1,
      productCode,
      quantity,
      unitPrice,
    })),
  };
}

/** Somebody can have changed the order in the ERP before we heard of it; undefined: it is the one that was approved. */
function differenceOf(command: CreateOrderCommand, order: PurchaseOrder): string | undefined {
  if (order.supplierCode !== command.supplierCode || order.currency !== command.currency) {
    return `it is for ${order.supplierCode} in ${order.currency}`;
  }
  if (order.lines.length !== command.lines.length) {
    return `it has ${order.lines.length} lines`;
  }
  const other = command.lines.find((line) => {
    const found = order.lines.find(({ lineNumber }) => lineNumber === line.lineNumber);
    return (
      found?.productCode !== line.productCode ||
      compare(found.quantity, line.quantity) !== 0 ||
      compare(found.unitPrice, line.unitPrice) !== 0
    );
  });
  return other === undefined ? undefined : `its line ${other.lineNumber} has another product, quantity or price`;
}

/** The order becomes known, and the key by which facts find the process, in one transaction. */
export async function recordOrder(deps: ErpStepDeps, processId: string, order: PurchaseOrder): Promise<void> {
  const reference: OrderReference = {
    key: order.key,
    orderNumber: order.orderNumber,
    total: { amount: order.total, currency: order.currency },
    tax: order.tax,
    lines: order.lines.map(({ lineNumber, productCode, quantity, unitPrice }) => ({
      lineNumber,
      productCode,
      quantity,
      unitPrice,
    })),
  };
  await updateProcess<PurchaseState, void>(deps, processId, ({ state }) =>
    state.order !== undefined
      ? { output: undefined }
      : {
          change: {
            entries: [
              {
                type: 'OrderCreated',
                actor: { kind: 'erp', id: 'erp' },
                facts: { key: order.key, orderNumber: order.orderNumber, total: order.total, currency: order.currency },
              },
            ],
            state: { ...state, order: reference },
            phase: 'Order',
            effects: [{ kind: 'tell-oa', message: orderedMessage(reference) }],
          },
          also: [{ kind: 'create', key: orderKey(order.orderNumber), value: { processId } }],
          output: undefined,
        },
  );
}
