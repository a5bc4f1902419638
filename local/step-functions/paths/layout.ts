/** Where the parts of a diagram stand, in pixels. */
import { Graph, type GraphLabel, graphlib, layout, type Point } from '@dagrejs/dagre';
import { type Card, type Diagram, type Line, type Saying, withRows } from './diagram.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedCard extends Card {
  readonly box: Box;
}

export interface PlacedLine extends Line {
  readonly points: readonly Point[];
  /** Where its words stand. */
  readonly label: Box;
  readonly words: readonly Words[];
}

/** A saying in lines of text. */
export interface Words extends Pick<Saying, 'full' | 'count'> {
  readonly lines: readonly string[];
}

export interface PlacedDiagram extends Pick<Diagram, 'scope' | 'startAt'> {
  readonly width: number;
  readonly height: number;
  readonly cards: readonly PlacedCard[];
  readonly lines: readonly PlacedLine[];
}

export const HEAD_HEIGHT = 30;
export const ROW_HEIGHT = 17;
export const LINE_HEIGHT = 14;

const CHARACTER = 7.1;
const NAME_CHARACTER = 8.8;
const LABEL_CHARACTERS = 24;
const ROW_CHARACTERS = 44;
const LONG_LINE = 450;
const MARGIN = 16;
const SETTINGS: GraphLabel = { rankdir: 'TB', nodesep: 36, edgesep: 22, ranksep: 34, marginx: MARGIN, marginy: MARGIN };

/** Lays a diagram out from top to bottom. Lines that would cross half of it are put on their cards as rows instead. */
export function placeDiagram(diagram: Diagram): PlacedDiagram {
  const long = longLines(placeParts(diagram));
  return placeParts(withRows(diagram, long));
}

/** Those that can be spared: another line that is not long leads to the same card. */
function longLines({ cards, lines }: PlacedDiagram): readonly Line[] {
  const top = new Map(cards.map(({ name, box }) => [name, box.y]));
  const isLong = ({ from, to }: Line) => Math.abs((top.get(to) ?? 0) - (top.get(from) ?? 0)) > LONG_LINE;
  return lines.filter((line) => isLong(line) && lines.some((other) => other.to === line.to && !isLong(other)));
}

/** Parts that no line joins stand below each other. */
function placeParts(diagram: Diagram): PlacedDiagram {
  const placed: PlacedDiagram[] = [];
  for (const part of partsOf(diagram)) {
    const below = placed.reduce((sum, { height }) => sum + height, 0);
    placed.push(placePart(part, below));
  }
  return {
    scope: diagram.scope,
    startAt: diagram.startAt,
    width: Math.max(...placed.map(({ width }) => width)),
    height: placed.reduce((sum, { height }) => sum + height, 0),
    cards: placed.flatMap(({ cards }) => cards),
    lines: placed.flatMap(({ lines }) => lines),
  };
}

/** The cards that lines join, directly or by others. */
function partsOf(diagram: Diagram): readonly Diagram[] {
  const graph = new Graph();
  for (const { name } of diagram.cards) graph.setNode(name);
  for (const { from, to } of diagram.lines) graph.setEdge(from, to);
  const parts = graphlib.alg.components(graph).map((names) => new Set(names));
  return parts.map((names) => ({
    ...diagram,
    cards: diagram.cards.filter(({ name }) => names.has(name)),
    lines: diagram.lines.filter(({ from }) => names.has(from)),
  }));
}

function placePart(diagram: Diagram, top: number): PlacedDiagram {
  const graph = new Graph<GraphLabel>();
  graph.setGraph(SETTINGS);
  for (const card of diagram.cards) graph.setNode(card.name, sizeOf(card));
  const lines = diagram.lines.map((line) => ({ ...line, words: line.sayings.map(wordsOf) }));
  for (const { from, to, words, sayings } of lines) {
    const weight = sayings.some(({ text }) => text === '') ? 8 : 1;
    graph.setEdge(from, to, { ...labelSize(words), labelpos: 'c', weight });
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    scope: diagram.scope,
    startAt: diagram.startAt,
    width,
    height,
    cards: diagram.cards.map((card) => ({ ...card, box: boxOf(graph.node(card.name), top) })),
    lines: lines.map((line) => {
      const edge = graph.edge(line.from, line.to);
      const points = edge.points.map(({ x, y }: Point) => ({ x, y: y + top }));
      return { ...line, points, label: boxOf(edge, top) };
    }),
  };
}

function sizeOf({ name, type, rows }: Card): { width: number; height: number } {
  const head = (name.length + 2) * NAME_CHARACTER + (type.length + 6) * CHARACTER;
  const body = Math.max(0, ...rows.map((row) => (rowText(row).length + 6) * CHARACTER));
  return {
    width: Math.ceil(Math.max(head, body)) + 20,
    height: HEAD_HEIGHT + (rows.length === 0 ? 0 : rows.length * ROW_HEIGHT + 8),
  };
}

/** A row as it stands on a card; where it leads to is never left out. */
export function rowText({ text, to }: Saying): string {
  const short = text.length > ROW_CHARACTERS ? `${text.slice(0, ROW_CHARACTERS - 1)}…` : text;
  return to === undefined ? short : `${short} → ${to}`;
}

function wordsOf({ text, full, count }: Saying): Words {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < LABEL_CHARACTERS) lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return {
    lines: lines.map((line, index) => (index === lines.length - 1 ? `${line} ${count}×`.trim() : line)),
    full,
    count,
  };
}

function labelSize(words: readonly Words[]): { width: number; height: number } {
  const lines = words.flatMap((one) => one.lines);
  const characters = Math.max(...lines.map((line) => line.length));
  return { width: Math.ceil(characters * CHARACTER) + 8, height: lines.length * LINE_HEIGHT + 4 };
}

/** From a centre, as dagre gives it, to a corner. */
function boxOf(
  { x = 0, y = 0, width = 0, height = 0 }: { x?: number; y?: number; width?: number; height?: number },
  top: number,
): Box {
  return { x: x - width / 2, y: top + y - height / 2, width, height };
}
