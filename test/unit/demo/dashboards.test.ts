import { describe, expect, test } from 'vitest';
import { Bars, Lines, Numbers } from '../../../local/demo/portal/dashboard-drawings.tsx';

const day = (date: string, value: number) => ({ at: new Date(`${date}T00:00:00Z`), value });
const series = [
  { label: '采购 <Purchase>', points: [day('2026-03-01', 2), day('2026-03-03', 4)] },
  { label: 'Leave', points: [day('2026-03-03', 1)] },
  { label: 'Nothing yet', points: [] },
];
const drawing = { series, language: 'en', title: 'Under way' } as const;

describe('graphs of a dashboard', () => {
  test('show numbers: the latest of each, and a dash where there is none', () => {
    const html = String(Numbers(drawing));

    expect([...html.matchAll(/<dd>(.*?)<\/dd>/g)].map(([, value]) => value)).toEqual(['4', '1', '–']);
    expect(html).toContain('采购 &lt;Purchase&gt;');
  });

  test('show bars as long as their values, and none of what has no value', () => {
    const html = String(Bars(drawing));

    const widths = [...html.matchAll(/<rect[^>]* width="([\d.]+)"/g)].map(([, width]) => Number(width));
    expect(widths).toHaveLength(2);
    expect(widths[0]).toBeCloseTo(4 * (widths[1] ?? 0), 5);
    expect(html).not.toContain('Nothing yet');
    expect(html).toContain('aria-label="Under way"');
  });

  test('show lines through their points, and areas one upon the other', () => {
    const lines = String(Lines({ ...drawing, isStacked: false }));
    const areas = String(Lines({ ...drawing, isStacked: true }));

    const firstLine = /<polyline points="([^"]+)"/.exec(lines)?.[1]?.split(' ') ?? [];
    expect(firstLine).toHaveLength(2);
    const second = [...areas.matchAll(/<polygon points="([^"]+)"/g)][1]?.[1]?.split(' ') ?? [];
    // Its upper edge lies above its lower edge where it has a value, and upon it where it has none.
    const heights = second.map((point) => Number(point.split(',')[1]));
    expect(heights[0]).toBe(heights.at(-1));
    expect(heights[1]).toBeLessThan(heights[2] ?? 0);
  });

  test('say so when there is nothing', () => {
    for (const html of [Bars({ ...drawing, series: [] }), Lines({ ...drawing, series: [], isStacked: true })]) {
      expect(String(html)).toContain('No values yet.');
    }
  });
});
