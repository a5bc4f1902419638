/** Reads an order of the ERP that is told of, and records what is new of it. Nothing goes back to the ERP. */
import type { FollowedOrder, OrderReference, OrdersPort } from '../connectors/erp/orders-port.ts';
import type { ProcessHead } from '../process/domain/process.ts';
import { openOrderKey } from '../process/keys.ts';
import { recordOnly } from '../process/own-process.ts';
import type { WorkChange } from '../process/store/port.ts';
import { createProcess, type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import { newsOf, type OrderState, orderProcessId, stageOf } from './domain/order-progress.ts';

export interface FollowOrderDeps extends ProcessDeps {
  readonly orders: OrdersPort;
  /** Name of the ERP, as in the events. */
  readonly system: string;
}

/** What stands on the list of open orders. */
export interface OpenOrder {
  readonly processId: string;
  readonly order: FollowedOrder;
}

/** `not-ordered`: the ERP knows no such order, or it is not ordered yet. */
export type Followed = 'recorded' | 'unchanged' | 'not-ordered';

/** Times that the ERP is asked again because somebody else recorded the order meanwhile. */
const ATTEMPTS = 5;

/**
 * Safe to repeat, and safe beside itself: what is recorded was read after all that the record has of the order, so that an
 * answer of the ERP that came late never takes a stage back.
 * @throws what the ERP's connector throws, and ConcurrencyError when others were faster every time.
 */
export async function followOrder(deps: FollowOrderDeps, reference: OrderReference): Promise<Followed> {
  const processId = orderProcessId(deps.system, reference);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const head = await readHead<OrderState>(deps.store, processId);
    const order = await deps.orders.readOrder(reference);
    // What was given up before anybody heard of it may never have been ordered.
    if (order === undefined || (head === undefined && order.state === 'cancelled')) {
      return 'not-ordered';
    }
    const followed = head === undefined ? await begin(deps, processId, order) : await goOn(deps, head, order);
    if (followed !== 'outrun') {
      return followed;
    }
  }
  throw new ConcurrencyError(`order ${reference.orderNumber} was recorded by others ${ATTEMPTS} times meanwhile`);
}

async function begin(deps: FollowOrderDeps, processId: string, order: FollowedOrder): Promise<Followed | 'outrun'> {
  const own = { processId, kind: order.kind, requesterId: '', phase: stageOf(order), state: { order } };
  const head = recordOnly<OrderState>(own, deps.clock.now());
  try {
    const entries = newsOf(undefined, order);
    await createProcess(deps, head, { entries }, placed(processId, undefined, order), order.orderNumber);
    return 'recorded';
  } catch (error) {
    if (error instanceof ConcurrencyError) {
      return 'outrun';
    }
    throw error;
  }
}

function goOn(
  deps: FollowOrderDeps,
  { processId, chain }: ProcessHead<OrderState>,
  order: FollowedOrder,
): Promise<Followed | 'outrun'> {
  return updateProcess<OrderState, Followed | 'outrun'>(deps, processId, (head) => {
    if (head.chain.hash !== chain.hash) {
      return { output: 'outrun' };
    }
    const before = head.state.order;
    const entries = newsOf(before, order);
    return entries.length === 0
      ? { output: 'unchanged' }
      : {
          change: { entries, phase: stageOf(order), state: { order } },
          also: placed(processId, before, order),
          output: 'recorded',
        };
  });
}

/** Its place on the list of open orders: by what is promised now, and none when nothing is left to be done. */
function placed(processId: string, before: FollowedOrder | undefined, now: FollowedOrder): readonly WorkChange[] {
  const keyOf = ({ kind, promisedOn }: FollowedOrder) => openOrderKey(kind, promisedOn, processId);
  const value: OpenOrder = { processId, order: now };
  const isMoved = before !== undefined && (before.promisedOn !== now.promisedOn || now.state !== 'open');
  return [
    ...(isMoved ? [{ kind: 'remove', key: keyOf(before) } as const] : []),
    ...(now.state === 'open' ? [{ kind: 'put', key: keyOf(now), value } as const] : []),
  ];
}
