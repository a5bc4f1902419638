import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../../functions/measures/domain/facts.ts';
import {
  addFacts,
  joinTallies,
  meanOf,
  percentileOf,
  tallyName,
  weekOf,
  weeksBefore,
} from '../../../functions/measures/domain/tally.ts';

const hours = (value: number, place?: string): Fact => ({
  ...{ key: 'k', measure: 'NodeHours', of: { Kind: 'procure-to-pay' }, value, at: '2026-03-02T00:00:00.000Z' },
  ...(place === undefined ? {} : { place }),
});
const anyHours = fc.double({ min: 0.11, max: 5_000, noNaN: true });

describe('figures of a week', () => {
  test('have percentiles that are off by a twentieth at most', () => {
    fc.assert(
      fc.property(fc.array(anyHours, { minLength: 1, maxLength: 200 }), fc.constantFrom(50, 90), (values, percent) => {
        const tally = addFacts(
          {},
          values.map((value) => hours(value)),
        )[tallyName('NodeHours')];
        const ordered = values.toSorted((one, other) => one - other);
        const exact = ordered[Math.max(1, Math.ceil((percent / 100) * ordered.length)) - 1] ?? 0;

        const found = tally === undefined ? undefined : percentileOf(tally, percent);

        expect(Math.abs((found ?? 0) - exact) / exact).toBeLessThan(0.0501);
      }),
    );
  });

  test('are the same in whatever order and parts they are counted', () => {
    fc.assert(
      fc.property(fc.array(anyHours, { maxLength: 50 }), fc.nat(50), (values, cut) => {
        const facts = values.map((value) => hours(value, 'wait/goods-receipt'));
        const parts = joinTallies([addFacts({}, facts.slice(cut).toReversed()), addFacts({}, facts.slice(0, cut))]);

        expect(parts).toEqual(addFacts({}, facts));
      }),
    );
  });

  test('name a hundred places at most: the rest is one', () => {
    const facts = Array.from({ length: 150 }, (_, index) => hours(1, `approval/office/Level ${index}`));

    const tallies = addFacts({}, facts);

    expect(Object.keys(tallies)).toHaveLength(101);
    expect(tallies[tallyName('NodeHours', 'other')]?.count).toBe(50);
  });

  test('of nothing have a mean of 0 and no percentile', () => {
    const nothing = { count: 0, thousandths: 0 };

    expect([meanOf(nothing), percentileOf(nothing, 50)]).toEqual([0, undefined]);
  });
});

describe('a week', () => {
  test('begins on Monday on the clocks of the company', () => {
    expect(weekOf('2026-03-01T15:59:59.000Z', 'Asia/Shanghai')).toBe('2026-02-23');
    expect(weekOf('2026-03-01T16:00:00.000Z', 'Asia/Shanghai')).toBe('2026-03-02');
    expect(weekOf('2026-03-01T16:00:00.000Z', 'Europe/Berlin')).toBe('2026-02-23');
    expect(weeksBefore('2026-03-02', 2)).toBe('2026-02-16');
  });

  test('is a Monday whose seven days hold the instant', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }), (at) => {
        const week = weekOf(at, 'Asia/Shanghai');
        const begin = Date.parse(`${week}T00:00:00+08:00`);

        expect(new Date(`${week}T00:00:00Z`).getUTCDay()).toBe(1);
        expect(at.getTime()).toBeGreaterThanOrEqual(begin);
        expect(at.getTime()).toBeLessThan(begin + 7 * 86_400_000);
      }),
    );
  });
});
