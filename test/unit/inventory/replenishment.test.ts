import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oaReferenceSchema } from '../../../functions/events/envelope.ts';
import { quantityFor, replenishmentId, stockMark } from '../../../functions/inventory/domain/replenishment.ts';
import { compare, multiply, subtract } from '../../../functions/money/money.ts';
import { companyPolicies } from '../../support/purchase-company.ts';

describe('the quantity of a replenishment', () => {
  it.each([
    { target: '400', forecast: '90', step: '1', quantity: '310' },
    { target: '400', forecast: '-5.5', step: '1', quantity: '406' },
    { target: '40.25', forecast: '19.999', step: '0.01', quantity: '20.26' },
    { target: '100', forecast: '40', step: '12', quantity: '60' },
    { target: '100', forecast: '39', step: '12', quantity: '72' },
  ])('from $forecast to $target in steps of $step is $quantity', ({ quantity, ...level }) => {
    expect(quantityFor(level)).toBe(quantity);
  });

  it('is a whole number of steps, reaches the target, and not with one step less', () => {
    const decimals = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => (cents / 100).toFixed(2));
    const steps = fc.constantFrom('0.01', '0.5', '1', '6', '12', '25');
    fc.assert(
      fc.property(decimals, decimals, steps, (target, forecast, step) => {
        fc.pre(compare(target, forecast) > 0);
        const short = subtract(target, forecast);

        const quantity = quantityFor({ target, forecast, step });

        const count = Math.round(Number(quantity) / Number(step));
        expect(compare(quantity, multiply(step, String(count)))).toBe(0);
        expect(compare(quantity, short)).toBeGreaterThanOrEqual(0);
        expect(compare(subtract(quantity, step), short)).toBe(-1);
      }),
    );
  });
});

describe('names of replenishments', () => {
  it('tell products, warehouses and generations apart, and no product from a part of another one’s name', () => {
    const place = { productCode: 'P-1', warehouse: 'WH' };
    const ids = [
      replenishmentId(place, 1),
      replenishmentId(place, 2),
      replenishmentId({ ...place, warehouse: 'WH2' }, 1),
      replenishmentId({ productCode: '1', warehouse: 'WHP-' }, 1),
    ];

    expect(new Set(ids).size).toBe(ids.length);
    expect(stockMark(place)).not.toBe(stockMark({ productCode: 'WH', warehouse: 'P-1' }));
  });
});

describe('the rule of a replenishment', () => {
  const ask = (categories: readonly string[], amount: string) =>
    companyPolicies.replenishmentRule({ warehouse: 'WH', categories, amount });

  it('lets small amounts go, and no others', async () => {
    expect(await ask([], '2000')).toMatchObject({ release: 'automatic', ruledBy: { rows: [2] } });
    expect(await ask([], '2000.01')).toMatchObject({ release: 'ask', ruledBy: { rows: [3] } });
  });

  it('asks where one category of several is to be asked about, whichever comes first', async () => {
    expect(await ask(['custom-made', 'standard'], '10')).toMatchObject({ release: 'ask', ruledBy: { rows: [1, 2] } });
    expect(await ask(['standard', 'custom-made'], '10')).toMatchObject({ release: 'ask', pauseDays: 14 });
  });
});

describe('the name of Meridian itself', () => {
  it('is refused as that of an OA, with the remedy', () => {
    const { error } = oaReferenceSchema.safeParse({ system: 'meridian', requestId: 'REP-1' });

    expect(error?.issues).toMatchObject([
      { path: ['system'], message: expect.stringContaining('give that of the OA') },
    ]);
  });
});
