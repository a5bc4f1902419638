import { describe, expect, it } from 'vitest';
import { linesOf, textWidth } from '../../../functions/diagrams/domain/text-lines.ts';
import { Drawing } from '../../../functions/diagrams/draw-diagram.tsx';
import { HEATS, heatOf, workingText } from '../../../functions/diagrams/heat.ts';
import { INK, PAPER } from '../../../functions/diagrams/symbols.tsx';
import type { Language } from '../../../functions/pages/language.ts';
import { drawn, EVERYTHING } from './machines.ts';

async function picture(language: Language = 'en') {
  const { laidOut } = await drawn(EVERYTHING);
  const warmth = new Map([['AskTwice', { colour: HEATS[3]?.colour ?? '', text: '12 h / 30 h' }]]);
  return String(
    <Drawing
      laidOut={laidOut}
      title="Everything <all>"
      description="What is in it"
      language={language}
      warmth={warmth}
    />,
  );
}

/** Of a colour such as `#1a2321` (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const contrast = (one: string, other: string) => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

describe('a drawing', () => {
  it('has a title and a text for whoever does not see it, and is escaped', async () => {
    const svg = await picture();

    expect(svg).toContain('<title id="drawing-title">Everything &lt;all&gt;</title>');
    expect(svg).toContain('<desc id="drawing-text">What is in it</desc>');
    expect(svg).toMatch(/^<svg role="img" aria-labelledby="drawing-title drawing-text"/);
  });

  it('needs no style sheet, no script and nothing from elsewhere, which the policy of pages forbids', async () => {
    expect(await picture()).not.toMatch(/style=|<style|<script|href=|url\(|on\w+=/);
  });

  it('writes the figures into a node as well as colouring it', async () => {
    const svg = await picture();

    expect(svg).toMatch(/<rect[^>]*fill="#f9b06a"[^>]*>/);
    expect(svg).toContain('>12 h / 30 h</text>');
  });

  it('names nodes and ways in the language of its reader', async () => {
    expect(await picture('en')).toContain('>Ask twice</text>');
    expect(await picture('en')).toContain('>otherwise</text>');
    expect(await picture('zh-CN')).toContain('>否则</text>');
  });

  it('can be read on every colour', () => {
    for (const { colour } of [...HEATS, { colour: PAPER }, { colour: '#f7f8f6' }]) {
      expect(contrast(INK, colour), colour).toBeGreaterThan(4.5);
    }
    expect(contrast('#46514d', PAPER)).toBeGreaterThan(4.5);
  });

  it('grows warmer at the hours that its legend names', () => {
    expect([0.99, 1, 4, 8, 39.9, 40, 4000].map((hours) => HEATS.indexOf(heatOf(hours)))).toEqual([0, 1, 2, 3, 3, 4, 4]);
  });

  it.each([
    [0.25, '15 min', '15 分'],
    [8.25, '8.3 h', '8.3 时'],
    [120.4, '120 h', '120 时'],
  ])('writes %d working hours as %s', (hours, en, zh) => {
    expect(workingText(hours)).toEqual({ en, zh });
  });

  it('breaks lines where they end, Chinese anywhere but before a mark', () => {
    expect(linesOf('Await supplier invoice', 100)).toEqual(['Await supplier', 'invoice']);
    expect(linesOf('等待供应商发票是否已到？', 132)).toEqual(['等待供应商发票是否已', '到？']);
    expect(linesOf('', 100)).toEqual([]);
    expect(textWidth('等待')).toBe(24);
  });
});
