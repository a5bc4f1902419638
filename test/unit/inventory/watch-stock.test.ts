import { describe, expect, it } from 'vitest';
import type { StockItem } from '../../../functions/inventory/stock-items.ts';
import { OPEN_REPLENISHMENTS } from '../../../functions/process/keys.ts';
import { StockLine, shortPoints } from './stock-line.ts';

/** 250 replenishments are open, and all but the first hundred of them are short no more. */
async function recoveredBehind(): Promise<StockLine> {
  const line = new StockLine(shortPoints(250), 60);
  await line.run(6);
  const open = await line.store.list<StockItem>(OPEN_REPLENISHMENTS, '');
  expect(open).toHaveLength(250);
  for (const { value } of open.slice(100)) {
    line.stock.move(value, '1');
  }
  return line;
}

/** Of fifteen minutes. */
const MOST = 15 * 2;

describe('the watch over the stock', () => {
  it('reports what is short and has no open replenishment, each once, and nothing that is not short', async () => {
    const line = new StockLine(shortPoints(3), 60);
    line.stock.move({ productCode: 'S-1', warehouse: 'WH' }, '1');

    expect(await line.look()).toEqual({ reported: 2, recovered: 0 });
    await line.run(1);

    expect(await line.look()).toMatchObject({ reported: 0 });
    expect(line.started.size).toBe(2);
  });

  it('reports no more at a look than can begin before the next one, and goes on where it stopped', async () => {
    const line = new StockLine(shortPoints(250), 2);

    const first = await line.look();
    const delays = line.delays();
    const looks = [first, await line.look(), await line.look(), await line.look()];

    expect(looks.map(({ reported }) => reported)).toEqual([MOST, MOST, MOST, MOST]);
    expect(delays).toEqual(Array.from({ length: MOST }, (_, index) => index * 30));
  });

  it('reaches what comes last although what comes first can never begin', async () => {
    const line = new StockLine(shortPoints(100), 2);
    for (let look = 0; look < 20; look += 1) {
      await line.look();
      line.clock.forward(15 * 60);
    }

    expect(new Set(line.reportedProducts()).size).toBe(100);
  });

  it('lets go what is short no more, also beside one whose end fails, and tells of the failure', async () => {
    const line = new StockLine(shortPoints(2), 60);
    await line.run(1);
    line.stock.move({ productCode: 'S-0', warehouse: 'WH' }, '1');
    line.stock.move({ productCode: 'S-1', warehouse: 'WH' }, '1');
    const failing = line.store.commits + 1;
    line.store.commitFault = (commit) => (commit === failing ? 'before' : undefined);

    await expect(line.look()).rejects.toMatchObject({ name: 'ConnectorTransientError' });

    expect(await line.look()).toMatchObject({ recovered: 1 });
  });

  it('reaches the last of what is open although each look has time for one page only, and begins anew then', async () => {
    const line = await recoveredBehind();

    const looks = [await line.look(0), await line.look(0), await line.look(0)];
    expect(looks.map(({ recovered }) => recovered)).toEqual([0, 100, 50]);

    const [first] = await line.store.list<StockItem>(OPEN_REPLENISHMENTS, '');
    if (first === undefined) throw new Error('nothing is open');
    line.stock.move(first.value, '1');
    expect(await line.look(0)).toMatchObject({ recovered: 1 });
  });

  it('goes past what cannot be read of the ERP, and comes back to it in the next round', async () => {
    const line = await recoveredBehind();
    let reads = 0;
    line.stock.fault = (operation) => {
      reads += operation === 'readStock' ? 1 : 0;
      return operation === 'readStock' && reads === 2 ? 'refuses' : undefined;
    };

    await expect(line.look()).rejects.toMatchObject({ name: 'ConnectorPermanentError' });

    expect(await line.look()).toMatchObject({ recovered: 50 });
    expect(await line.look()).toMatchObject({ recovered: 100 });
  });

  it('looks at nothing of a line that is up to date', async () => {
    const line = new StockLine([], 60);

    expect(await line.look()).toEqual({ reported: 0, recovered: 0 });
    expect(await line.store.list(OPEN_REPLENISHMENTS, '')).toEqual([]);
  });
});

describe('a report', () => {
  it('that the ERP does not bear out begins nothing', async () => {
    const line = new StockLine(shortPoints(1), 60);
    line.stock.move({ productCode: 'S-0', warehouse: 'WH' }, '5');
    line.report('S-0');
    line.report('S-unknown');
    await line.run(1);

    expect(line.started.size).toBe(0);
    expect(line.waiting()).toBe(0);
  });

  it('while the ERP is down comes again', async () => {
    const line = new StockLine(shortPoints(1), 60);
    line.report('S-0');
    line.stock.fault = (operation, call) => (operation === 'readStock' && call <= 2 ? 'down' : undefined);
    await line.run(5);

    expect(line.started.size).toBe(1);
  });
});
