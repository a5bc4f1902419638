/** A diagram as inline SVG: nothing in it needs a script or a file. */
import { html, raw } from 'hono/html';
import type { Diagram, Saying } from './diagram.ts';
import {
  type Box,
  HEAD_HEIGHT,
  LINE_HEIGHT,
  type PlacedCard,
  type PlacedLine,
  placeDiagram,
  ROW_HEIGHT,
  rowText,
} from './layout.ts';

/** A drawing is not made smaller than this share of its size: then it is scrolled. */
const LEGIBLE = 0.75;

export type Html = ReturnType<typeof html>;

/** @param machine - makes the links within a page unique */
export function svgOf(machine: string, diagram: Diagram): Html {
  const { width, height, cards, lines, startAt } = placeDiagram(diagram);
  const size = `${Math.ceil(width)} ${Math.ceil(height)}`;
  return html`<svg class="diagram" viewBox="0 0 ${size}" width="${Math.ceil(width)}" style="min-width:${Math.ceil(width * LEGIBLE)}px" role="img" aria-label="Diagram of ${machine} ${diagram.scope}">
${lines.map(lineOf)}
${cards.map((card) => cardOf(machine, card, card.name === startAt))}
${lines.map(wordsOf)}
</svg>`;
}

/** The name by which a link finds the card of a state. */
export function cardId(machine: string, state: string): string {
  return `${machine}-${state}`.replaceAll(/[^\w-]/g, '_');
}

/** Arrow heads, once for a page. */
export const ARROW_HEADS: Html = html`<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>
${['taken', 'untaken'].map(
  (kind) =>
    html`<marker id="head-${kind}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path class="${kind} head" d="M0,0 L10,5 L0,10 z"/></marker>`,
)}
</defs></svg>`;

export function takenClass({ count }: { readonly count: number }): 'taken' | 'untaken' {
  return count > 0 ? 'taken' : 'untaken';
}

function lineOf({ points, sayings }: PlacedLine): Html {
  const kind = sayings.every(({ count }) => count > 0) ? 'taken' : 'untaken';
  return html`<path class="line ${kind}" d="${smooth(points)}" marker-end="url(#head-${kind})"/>`;
}

/** A curve through the middles between the points, so that a line bends softly. */
function smooth(points: readonly { readonly x: number; readonly y: number }[]): string {
  const at = ({ x, y }: { readonly x: number; readonly y: number }) => `${x.toFixed(1)},${y.toFixed(1)}`;
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '';
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? point;
    const end = index === rest.length - 2 ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${at(point)} ${at(end)}`;
  });
  return `M${at(first)} ${bends.length === 0 ? `L${at(last)}` : bends.join(' ')}`;
}

function wordsOf({ label, words }: PlacedLine): Html {
  const lines = words.flatMap((one) => one.lines.map((text) => ({ text, one })));
  return html`${rectangle(label, 'label')}${lines.map(
    ({ text, one }, index) =>
      html`<text class="words ${takenClass(one)}" x="${(label.x + label.width / 2).toFixed(1)}" y="${(label.y + LINE_HEIGHT * (index + 1) - 1).toFixed(1)}" text-anchor="middle"><title>${one.full}</title>${text}</text>`,
  )}`;
}

function cardOf(machine: string, card: PlacedCard, isStart: boolean): Html {
  const { box, name, type, count, rows } = card;
  const right = (box.x + box.width - 10).toFixed(1);
  return html`<g id="${cardId(machine, name)}" class="card ${type} ${takenClass(card)}">${rectangle(box, 'body', 8)}
<text class="name" x="${(box.x + 10).toFixed(1)}" y="${(box.y + 20).toFixed(1)}">${isStart ? '▶ ' : ''}${name}</text>
<text class="type" x="${right}" y="${(box.y + 20).toFixed(1)}" text-anchor="end">${type} ${count}×</text>
${rows.map((row, index) => rowOf(machine, card, row, box.y + HEAD_HEIGHT + ROW_HEIGHT * index + 12))}</g>`;
}

function rowOf(machine: string, { box }: PlacedCard, row: Saying, y: number): Html {
  const left = (box.x + 10).toFixed(1);
  const right = (box.x + box.width - 10).toFixed(1);
  const text = html`<text class="row ${takenClass(row)}" x="${left}" y="${y.toFixed(1)}"><title>${row.full}</title>${rowText(row)}</text>`;
  const linked = row.to === undefined ? text : html`<a href="#${cardId(machine, row.to)}">${text}</a>`;
  return html`${linked}<text class="row ${takenClass(row)}" x="${right}" y="${y.toFixed(1)}" text-anchor="end">${row.count}×</text>`;
}

function rectangle({ x, y, width, height }: Box, kind: string, radius = 3): Html {
  const [left, top, across, down] = [x, y, width, height].map((value) => value.toFixed(1));
  return raw(`<rect class="${kind}" x="${left}" y="${top}" width="${across}" height="${down}" rx="${radius}"/>`);
}
