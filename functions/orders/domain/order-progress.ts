/** How far an order of the ERP has come, and what of it is news. */
import type { NewEntry } from '../../audit/domain/record.ts';
import type { FollowedOrder, OrderReference, ReachedStage } from '../../connectors/erp/orders-port.ts';
import { STAGES, type Stage } from './stages.ts';

/** State of the process that keeps the record of an order. */
export interface OrderState {
  /** As the ERP told it last. */
  readonly order: FollowedOrder;
}

/** One order of one ERP makes one record, however often it is told of. */
export function orderProcessId(system: string, { kind, orderNumber }: OrderReference): string {
  return `${kind === 'sales-order' ? 'SO' : 'MO'}-${system}-${orderNumber}`;
}

/** The stage that the order stands at: the last one that it has come to, in whole or in part. */
export function stageOf({ reached }: Pick<FollowedOrder, 'reached'>): Stage {
  return reached.at(-1)?.stage ?? 'ordered';
}

/** Whether what was promised for a day before `today` is not there yet. */
export function isLate({ kind, state, promisedOn, reached }: FollowedOrder, today: string): boolean {
  const promised: Stage = kind === 'sales-order' ? 'shipped' : 'finished';
  const isKept = reached.some(({ stage, isWhole }) => stage === promised && isWhole);
  return state === 'open' && !isKept && promisedOn !== undefined && promisedOn < today;
}

/** Entries for all that the order says and did not say before; none when it says the same. */
export function newsOf(before: FollowedOrder | undefined, now: FollowedOrder): readonly NewEntry[] {
  return [
    ...(before === undefined ? [followed(now)] : termsChanged(before, now)),
    ...stagesChanged(before?.reached ?? [], now),
    ...endOf(before, now),
  ];
}

function followed(order: FollowedOrder): NewEntry {
  const { kind, orderNumber, customer, product, amount, promisedOn } = order;
  return {
    ...entry('OrderFollowed', {
      orderKind: kind,
      orderNumber,
      customerCode: customer?.code,
      productCode: product?.code,
      quantity: product?.quantity,
      unit: product?.unit,
      amount: amount?.amount,
      currency: amount?.currency,
      promisedOn,
    }),
    // A customer may be a person.
    ...(customer === undefined ? {} : { personal: { customer: customer.name } }),
  };
}

function termsChanged(before: FollowedOrder, now: FollowedOrder): readonly NewEntry[] {
  const { promisedOn, amount, product } = now;
  return [
    ...(promisedOn === before.promisedOn
      ? []
      : [entry('OrderPromiseMoved', { promisedOn: promisedOn ?? null, formerly: before.promisedOn ?? null })]),
    ...(amount?.amount === before.amount?.amount && amount?.currency === before.amount?.currency
      ? []
      : [entry('OrderAmountChanged', { ...amount, formerly: before.amount?.amount })]),
    ...(product?.quantity === before.product?.quantity
      ? []
      : [entry('OrderQuantityChanged', { quantity: product?.quantity, formerly: before.product?.quantity })]),
  ];
}

function stagesChanged(before: readonly ReachedStage[], { kind, reached }: FollowedOrder): readonly NewEntry[] {
  return STAGES[kind].flatMap((stage) => {
    const was = before.find((one) => one.stage === stage);
    const is = reached.find((one) => one.stage === stage);
    if (is === undefined) {
      return was === undefined ? [] : [entry('OrderStageTakenBack', { stage })];
    }
    return was?.isWhole === is.isWhole && was.on === is.on ? [] : [entry('OrderStageReached', { ...is })];
  });
}

function endOf(before: FollowedOrder | undefined, { state }: FollowedOrder): readonly NewEntry[] {
  if (state === (before?.state ?? 'open')) {
    return [];
  }
  return [
    entry(
      { open: 'FollowedOrderReopened', closed: 'FollowedOrderClosed', cancelled: 'FollowedOrderCancelled' }[state],
      {},
    ),
  ];
}

function entry(type: string, facts: NewEntry['facts']): NewEntry {
  return { type, actor: { kind: 'erp', id: 'erp' }, facts };
}
