import { describe, expect, it } from 'vitest';
import type { LaidNode } from '../../../functions/diagrams/domain/laid-out.ts';
import { waitFigures } from '../../../functions/diagrams/wait-figures.ts';
import type { MeasureName } from '../../../functions/measures/domain/catalogue.ts';
import type { Fact } from '../../../functions/measures/domain/facts.ts';
import { addFacts } from '../../../functions/measures/domain/tally.ts';

const at = '2026-03-02T08:00:00.000Z';

/** Visits of places: hours of work, and three times as many on the clock. */
function tallies(visits: readonly (readonly [place: string, hours: number])[]) {
  const facts = visits.flatMap(([place, hours], index): readonly Fact[] => {
    const fact = (measure: MeasureName, value: number) => ({
      key: `${index}/${measure}`,
      measure,
      of: {},
      at,
      place,
      value,
    });
    return [fact('NodeWorkingHours', hours), fact('NodeHours', 3 * hours), fact('NodeOverdueRate', 0)];
  });
  return addFacts({}, facts);
}

function node(id: string, ...places: readonly string[]): LaidNode {
  return { id, kind: 'call', name: { en: id, zh: id }, box: { x: 0, y: 0, width: 1, height: 1 }, places };
}

describe('figures of nodes', () => {
  it('are those of its places, whichever level or step they are of', () => {
    const nodes = [node('Approve', 'approval/order/'), node('Await', 'wait/payment'), node('Create')];
    const [approve, wait, ...others] = waitFigures(
      nodes,
      tallies([
        ...Array.from({ length: 9 }, () => ['approval/order/Manager', 2] as const),
        ['approval/order/General manager', 12],
        ['approval/payment/Manager', 99],
        ['wait/payment', 10],
        ['wait/payment-other', 99],
      ]),
    );

    expect(others).toEqual([]);
    expect(approve?.all?.visits).toBe(10);
    expect(approve?.all?.workingMedian).toBeCloseTo(2, 0);
    expect(approve?.all?.workingMost).toBeCloseTo(2, 0);
    expect(approve?.all?.workingMean).toBeCloseTo(3);
    expect(approve?.all?.share).toBeCloseTo(30 / 40);
    expect(approve?.parts.map(({ place, figures }) => [place, figures.visits])).toEqual([
      ['approval/order/General manager', 1],
      ['approval/order/Manager', 9],
    ]);
    expect(wait?.all?.visits).toBe(1);
    expect((wait?.all?.median ?? 0) / 30).toBeCloseTo(1, 1);
    expect(wait?.parts).toEqual([]);
  });

  it('are none where nobody came', () => {
    const [figures] = waitFigures([node('Await', 'wait/payment')], {});

    expect(figures).toMatchObject({ all: undefined, parts: [] });
  });

  it('share what is waited where two nodes have the same places', () => {
    const nodes = [node('One', 'wait/hold'), node('Other', 'wait/hold')];
    const shares = waitFigures(nodes, tallies([['wait/hold', 4]])).map(({ all }) => all?.share);

    expect(shares).toEqual([1, 1]);
  });
});
