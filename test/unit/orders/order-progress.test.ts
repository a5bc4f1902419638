import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FollowedOrder, ReachedStage } from '../../../functions/connectors/erp/orders-port.ts';
import { isLate, newsOf, orderProcessId, stageOf } from '../../../functions/orders/domain/order-progress.ts';
import { ORDER_KINDS, STAGES } from '../../../functions/orders/domain/stages.ts';

const SALE: FollowedOrder = {
  kind: 'sales-order',
  orderNumber: 'SO00001',
  customer: { code: 'CUS-001', name: 'Yangtze Pumps' },
  amount: { amount: '5122', currency: 'CNY' },
  promisedOn: '2031-03-14',
  state: 'open',
  reached: [{ stage: 'ordered', isWhole: true, on: '2031-03-01' }],
};
const SHIPPED: ReachedStage = { stage: 'shipped', isWhole: true, on: '2031-03-10' };

const typesOf = (...parts: Parameters<typeof newsOf>) => newsOf(...parts).map(({ type }) => type);

const day = fc.integer({ min: 1, max: 28 }).map((number) => `2031-03-${String(number).padStart(2, '0')}`);
const order: fc.Arbitrary<FollowedOrder> = fc.constantFrom(...ORDER_KINDS).chain((kind) =>
  fc
    .record({
      promisedOn: fc.option(day, { nil: undefined }),
      state: fc.constantFrom('open' as const, 'closed' as const, 'cancelled' as const),
      amount: fc.integer({ min: 1, max: 9 }).map((amount) => ({ amount: String(amount), currency: 'CNY' })),
      reached: fc
        .array(fc.record({ isWhole: fc.boolean(), on: day }), { maxLength: STAGES[kind].length })
        .map((stages) => stages.map((one, index) => ({ ...one, stage: STAGES[kind][index] ?? 'ordered' }))),
    })
    .map(({ promisedOn, ...rest }) => ({
      ...{ kind, orderNumber: 'X1', ...rest },
      ...(promisedOn === undefined ? {} : { promisedOn }),
    })),
);

describe('what is news of an order', () => {
  it('is all that it says when it is seen first, with the name of the customer apart from the facts', () => {
    const [followed, ...stages] = newsOf(undefined, SALE);

    expect(followed).toMatchObject({
      type: 'OrderFollowed',
      facts: { orderNumber: 'SO00001', customerCode: 'CUS-001', amount: '5122', promisedOn: '2031-03-14' },
      personal: { customer: 'Yangtze Pumps' },
    });
    expect(JSON.stringify(followed?.facts)).not.toContain('Yangtze');
    expect(stages).toMatchObject([{ type: 'OrderStageReached', facts: { stage: 'ordered', isWhole: true } }]);
  });

  it('is each stage that it comes to, also when a part becomes the whole, and each that is taken back', () => {
    const partly: FollowedOrder = { ...SALE, reached: [...SALE.reached, { ...SHIPPED, isWhole: false }] };
    const wholly: FollowedOrder = { ...SALE, reached: [...SALE.reached, SHIPPED] };

    expect(newsOf(SALE, partly)).toMatchObject([{ facts: { stage: 'shipped', isWhole: false } }]);
    expect(newsOf(partly, wholly)).toMatchObject([{ facts: { stage: 'shipped', isWhole: true, on: '2031-03-10' } }]);
    expect(newsOf(wholly, SALE)).toMatchObject([{ type: 'OrderStageTakenBack', facts: { stage: 'shipped' } }]);
  });

  it('is another promise, another amount, another quantity, and the end', () => {
    const { promisedOn: _, ...unpromised } = SALE;

    expect(newsOf(SALE, unpromised)).toMatchObject([
      { type: 'OrderPromiseMoved', facts: { promisedOn: null, formerly: '2031-03-14' } },
    ]);
    expect(typesOf(SALE, { ...SALE, amount: { amount: '1', currency: 'CNY' } })).toEqual(['OrderAmountChanged']);
    expect(typesOf(SALE, { ...SALE, state: 'closed' })).toEqual(['FollowedOrderClosed']);
    expect(typesOf(SALE, { ...SALE, state: 'cancelled' })).toEqual(['FollowedOrderCancelled']);
    expect(typesOf({ ...SALE, state: 'closed' }, SALE)).toEqual(['FollowedOrderReopened']);
    const made = (quantity: string) => ({
      ...({ kind: 'production-order', orderNumber: 'MO1', state: 'open', reached: [] } as const),
      product: { code: 'P-9001', name: 'Transmitter', quantity, unit: 'Unit' },
    });
    expect(newsOf(made('3'), made('2'))).toMatchObject([
      { type: 'OrderQuantityChanged', facts: { quantity: '2', formerly: '3' } },
    ]);
  });

  it('is nothing when the ERP says the same again, and is something whenever it does not', () => {
    fc.assert(
      fc.property(order, order, (before, other) => {
        const now = {
          ...other,
          kind: before.kind,
          reached: before.kind === other.kind ? other.reached : before.reached,
        };
        expect(newsOf(before, structuredClone(before))).toEqual([]);
        expect(newsOf(before, now).length === 0).toBe(JSON.stringify(sorted(before)) === JSON.stringify(sorted(now)));
      }),
    );
  });
});

function sorted({ promisedOn, state, amount, reached }: FollowedOrder) {
  return [promisedOn ?? null, state, amount, reached.map(({ stage, isWhole, on }) => [stage, isWhole, on])];
}

describe('an order', () => {
  it('is late when its promised day is over and not all of it is shipped, or finished', () => {
    const shipped = (isWhole: boolean): FollowedOrder => ({ ...SALE, reached: [{ ...SHIPPED, isWhole }] });

    expect(isLate(SALE, '2031-03-14')).toBe(false);
    expect(isLate(SALE, '2031-03-15')).toBe(true);
    expect(isLate(shipped(false), '2031-03-15')).toBe(true);
    expect(isLate(shipped(true), '2031-03-15')).toBe(false);
    expect(isLate({ ...SALE, state: 'cancelled' }, '2031-03-15')).toBe(false);
    const { promisedOn: _, ...unpromised } = SALE;
    expect(isLate(unpromised, '2099-01-01')).toBe(false);
  });

  it('stands at the last stage that it has come to, and has one record for each ERP and number', () => {
    expect(stageOf({ reached: [] })).toBe('ordered');
    expect(stageOf({ reached: [...SALE.reached, SHIPPED] })).toBe('shipped');
    const same = { orderNumber: '7' };
    const ids = [
      orderProcessId('tryton', { ...same, kind: 'sales-order' }),
      orderProcessId('tryton', { ...same, kind: 'production-order' }),
      orderProcessId('odoo', { ...same, kind: 'sales-order' }),
    ];
    expect(new Set(ids).size).toBe(3);
  });
});
