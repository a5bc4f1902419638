import { describe, expect, it } from 'vitest';
import { OPEN_REPLENISHMENTS } from '../../../functions/process/keys.ts';
import { takeStart } from '../../../functions/process/start-rate.ts';
import { SettableClock } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { StockLine, shortPoints } from './stock-line.ts';

const PRODUCTS = 5000;
const PER_MINUTE = 500;
const MINUTE = 60_000;

/** Most starts within sixty seconds, whenever they begin. */
function mostInAMinute(starts: Iterable<number>): number {
  const inOrder = [...starts].sort((one, other) => one - other);
  return inOrder.reduce((most, start, index) => {
    const within = inOrder.slice(index, index + 2 * PER_MINUTE).filter((at) => at - start < MINUTE);
    return Math.max(most, within.length);
  }, 0);
}

describe('the rate at which replenishments begin', () => {
  it('lets no minute have more than its starts, wherever the minute begins', async () => {
    const clock = new SettableClock();
    const store = new MemoryStore();
    const take = () => takeStart({ store, clock }, 'replenishment', 3);

    expect([await take(), await take()]).toEqual([true, true]);
    clock.forward(59);
    expect([await take(), await take()]).toEqual([true, false]);
    clock.forward(1);
    expect([await take(), await take(), await take()]).toEqual([true, true, false]);
  });

  it('gives no start twice to workers that ask at the same instant', async () => {
    const clock = new SettableClock();
    const store = new MemoryStore();

    const taken = await Promise.all(Array.from({ length: 8 }, () => takeStart({ store, clock }, 'replenishment', 5)));

    expect(taken.filter(Boolean)).toHaveLength(5);
  });

  it('begins 5,000 products that are short at once when the watch finds them, once each and never above the rate', async () => {
    const line = new StockLine(shortPoints(PRODUCTS), PER_MINUTE);

    await line.run(15);

    expect(line.started.size).toBe(PRODUCTS);
    expect(mostInAMinute(line.started.values())).toBeLessThanOrEqual(PER_MINUTE);
    expect(line.waiting()).toBe(0);
    expect(await line.store.list(OPEN_REPLENISHMENTS, '')).toHaveLength(PRODUCTS);
  });

  it('begins them as well when the ERP reports all of them at once and twice, and workers die over every seventh report', async () => {
    const line = new StockLine(shortPoints(PRODUCTS), PER_MINUTE);
    line.dies = (delivery) => delivery % 7 === 0;
    for (let product = 0; product < PRODUCTS; product += 1) {
      line.report(`S-${product}`);
      line.report(`S-${product}`);
    }

    await line.run(30);

    expect(line.started.size).toBe(PRODUCTS);
    expect(mostInAMinute(line.started.values())).toBeLessThanOrEqual(PER_MINUTE);
    expect(await line.store.list(OPEN_REPLENISHMENTS, '')).toHaveLength(PRODUCTS);
  });
});
