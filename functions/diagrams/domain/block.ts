/**
 * A node with all that hangs on it, as one block around its middle: events on its border, ends and links that nothing else
 * leads to, and the link that leads to it. Blocks are what is laid out; what is in one never meets what is in another. Pure.
 */
import type { Words } from '../../measures/domain/kinds.ts';
import { type Flow, type FlowNode, NO_WORDS } from './flowchart.ts';
import { type Box, type Label, type LaidFlow, type LaidNode, type LaidOut, moved, type Point } from './laid-out.ts';
import { sizeOf } from './text-lines.ts';

const TASK = { width: 150, height: 80 } as const;
const EVENT = 30;
const GATEWAY = 50;
/** Of names beside small symbols. */
const NAME_WIDTH = 120;
/** From one hanging event to the next, and between what is joined within a block. */
const STEP = 40;
const GAP = 14;
/** Below a question, and between two columns of what hangs there. */
const MOST_BELOW = 7;
const COLUMN_GAP = 12;
/** Around what is inside a sub-process: its name above, its mark below. */
const INSIDE = { top: 34, side: 20, bottom: 30 } as const;
/** From one event on the border to the next. */
const BORDER_STEP = 38;

/** Distances from the middle of the node, to all sides. */
export interface Block {
  readonly id: string;
  /** Of the node itself. */
  readonly body: Box;
  readonly left: number;
  readonly right: number;
  readonly up: number;
  readonly down: number;
  readonly nodes: readonly LaidNode[];
  readonly flows: readonly LaidFlow[];
}

/** What hangs on a node. */
export interface Hanging {
  readonly node: FlowNode;
  /** Events on its border: those that lead to other blocks first. */
  readonly borders: readonly FlowNode[];
  /** Nodes that hang on it or on its borders, each with the flow that leads there. */
  readonly ends: readonly { readonly node: FlowNode; readonly flow: Flow }[];
  /** The link that leads to it, with its flow. */
  readonly caught?: { readonly node: FlowNode; readonly flow: Flow };
  /** From its border to itself. */
  readonly loops: readonly Flow[];
  /** Of the flow that leads straight on, what stands on it. */
  readonly ahead?: Flow;
}

/** @param inner - of a sub-process, what is inside */
export function blockOf(hanging: Hanging, inner?: LaidOut): Block {
  const { node } = hanging;
  const body = centred(bodySize(node, hanging.borders.length, inner));
  const parts = [
    ownPart(node, body, inner, hanging.caught !== undefined),
    node.kind === 'question' ? branches(hanging, body) : borders(hanging, body),
    caughtPart(hanging, body),
  ];
  const nodes = parts.flatMap((part) => part.nodes);
  const flows = parts.flatMap((part) => part.flows);
  const points = [...nodes.flatMap(cornersOf), ...flows.flatMap((flow) => [...flow.points, ...cornersOf(flow)])];
  const ahead = hanging.ahead === undefined ? 0 : sizeOf(hanging.ahead.label, NAME_WIDTH).width + GAP;
  return {
    ...{ id: node.id, body, nodes, flows },
    left: -Math.min(...points.map(({ x }) => x)),
    right: Math.max(body.width / 2 + ahead, ...points.map(({ x }) => x)),
    up: -Math.min(...points.map(({ y }) => y)),
    down: Math.max(...points.map(({ y }) => y)),
  };
}

function bodySize({ kind }: FlowNode, borderCount: number, inner: LaidOut | undefined) {
  switch (kind) {
    case 'question':
    case 'fork':
    case 'join':
      return { width: GATEWAY, height: GATEWAY };
    case 'each':
    case 'together':
      return {
        width: Math.max((inner?.width ?? 0) + 2 * INSIDE.side, BORDER_STEP * (borderCount + 1), 2 * TASK.width),
        height: (inner?.height ?? 0) + INSIDE.top + INSIDE.bottom,
      };
    case 'service':
    case 'user':
    case 'receive':
    case 'step':
    case 'call':
      return { ...TASK, width: Math.max(TASK.width, BORDER_STEP * (borderCount + 1)) };
    default:
      return { width: EVENT, height: EVENT };
  }
}

interface Part {
  readonly nodes: readonly LaidNode[];
  readonly flows: readonly LaidFlow[];
}

function ownPart(node: FlowNode, body: Box, inner: LaidOut | undefined, isCaught: boolean): Part {
  const own = laid(node, body, ownLabel(node, body, isCaught));
  if (inner === undefined) {
    return { nodes: [own], flows: [] };
  }
  const inside = moved(inner, body.x + (body.width - inner.width) / 2, body.y + INSIDE.top);
  return { nodes: [own, ...inside.nodes.map((one) => ({ parent: node.id, ...one }))], flows: inside.flows };
}

/** Questions have their name above, other small symbols below; tasks have theirs within. */
function ownLabel({ kind, name }: FlowNode, body: Box, isCaught: boolean): Label | undefined {
  const size = sizeOf(name, NAME_WIDTH);
  if (kind === 'question') {
    const y = body.y - size.height - 10;
    return isCaught
      ? { box: { x: GAP, y, ...size }, align: 'start' }
      : { box: { x: -size.width / 2, y, ...size }, align: 'middle' };
  }
  // What a link leads to has the same name.
  const isBelow = (kind === 'end' || kind === 'failed' || kind === 'throw' || kind === 'timer') && size.height > 0;
  return isBelow ? { box: { x: -size.width / 2, y: body.y + body.height + 4, ...size }, align: 'middle' } : undefined;
}

/** Below a question: a line down, and from it to each end or link; many of them stand in columns. */
function branches({ ends }: Hanging, body: Box): Part {
  const bottom = body.y + body.height;
  const columns = Math.ceil(ends.length / MOST_BELOW);
  const inColumn = Math.ceil(ends.length / Math.max(1, columns));
  const parts: Part[] = [];
  let [x, y, right] = [0, bottom + GAP, 0];
  for (const [index, { node, flow }] of ends.entries()) {
    if (index > 0 && index % inColumn === 0) {
      [x, y] = [right + COLUMN_GAP, bottom + GAP];
    }
    // What a link is called need not be said twice.
    const why = node.name.en.toLowerCase() === flow.label.en.toLowerCase() ? NO_WORDS : flow.label;
    const height = Math.max(STEP, sizeOf(why, NAME_WIDTH).height + sizeOf(node.name, NAME_WIDTH).height + 8);
    const middle = y + height / 2;
    const box = { x: x + GAP + 4, y: middle - EVENT / 2, width: EVENT, height: EVENT };
    const names = namesBeside(box, why, node.name);
    right = Math.max(right, box.x + EVENT + 5 + NAME_WIDTH);
    const down =
      x === 0
        ? []
        : [
            { x: 0, y: bottom + GAP / 2 },
            { x, y: bottom + GAP / 2 },
          ];
    const points = [{ x: 0, y: bottom }, ...down, { x, y: middle }, { x: box.x, y: middle }];
    parts.push({ nodes: [laid(node, box, names.of)], flows: [line({ ...flow, label: why }, points, names.why)] });
    y += height;
  }
  return joined(parts);
}

/** Events stand on the lower edge; what hangs on the left one hangs deepest, so that no line crosses a name. */
function borders({ node: host, borders: events, ends, loops }: Hanging, body: Box): Part {
  const step = Math.min(body.width / (events.length + 1), BORDER_STEP * 1.5);
  const bottom = body.y + body.height;
  const isLoop = ({ id }: FlowNode) => loops.some(({ from }) => from === id);
  const others = events.filter((event) => !isLoop(event));
  const parts = events.map((event, index): Part => {
    const x = body.x + (index + 1) * step;
    const on = { x: x - EVENT / 2, y: bottom - EVENT / 2, width: EVENT, height: EVENT };
    const loop = loops.find(({ from }) => from === event.id);
    if (loop !== undefined) {
      return { nodes: [{ ...laid(event, on), host: host.id }], flows: [line(loop, aroundTheCorner(x, body))] };
    }
    const end = ends.find(({ flow }) => flow.from === event.id);
    const y = bottom + EVENT / 2 + GAP + (others.length - 1 - others.indexOf(event)) * STEP;
    const box = { ...on, y };
    const names = namesBeside(box, event.name, end?.node.name ?? NO_WORDS);
    const own = { ...laid(event, on, names.why), host: host.id };
    const points = [
      { x, y: bottom + EVENT / 2 },
      { x, y },
    ];
    return end === undefined
      ? { nodes: [own], flows: [] }
      : { nodes: [own, laid(end.node, box, names.of)], flows: [line(end.flow, points)] };
  });
  return joined(parts);
}

/** Out of the lower edge, around the corner, and in again from the left. */
function aroundTheCorner(x: number, body: Box): readonly Point[] {
  const below = body.y + body.height + EVENT / 2;
  const [outside, inAt] = [body.x - 16, body.y + body.height - 18];
  return [
    { x, y: below },
    { x, y: below + 8 },
    { x: outside, y: below + 8 },
    { x: outside, y: inAt },
    { x: body.x, y: inAt },
  ];
}

/** To the right of an event: what leads there, and below it what it is called. */
function namesBeside(box: Box, why: Words, name: Words): { readonly why?: Label; readonly of?: Label } {
  const [above, below] = [sizeOf(why, NAME_WIDTH), sizeOf(name, NAME_WIDTH)];
  const x = box.x + EVENT + 5;
  const y = box.y + EVENT / 2 - (above.height + below.height) / 2;
  return {
    ...(above.height === 0 ? {} : { why: { box: { x, y, ...above }, align: 'start' } }),
    ...(below.height === 0 ? {} : { of: { box: { x, y: y + above.height, ...below }, align: 'start' } }),
  };
}

function line({ id, from, to, label: words }: Flow, points: readonly Point[], label?: Label): LaidFlow {
  return { id, from, to, points, words, ...(label === undefined ? {} : { label }) };
}

function caughtPart({ caught }: Hanging, body: Box): Part {
  if (caught === undefined) {
    return { nodes: [], flows: [] };
  }
  const box = { x: -EVENT / 2, y: body.y - 16 - EVENT, width: EVENT, height: EVENT };
  const points = [
    { x: 0, y: box.y + EVENT },
    { x: 0, y: body.y },
  ];
  return { nodes: [laid(caught.node, box)], flows: [line(caught.flow, points)] };
}

function laid({ id, kind, name, places }: FlowNode, box: Box, label?: Label): LaidNode {
  return { id, kind, name, box, places, ...(label === undefined ? {} : { label }) };
}

function joined(parts: readonly Part[]): Part {
  return { nodes: parts.flatMap(({ nodes }) => nodes), flows: parts.flatMap(({ flows }) => flows) };
}

function centred({ width, height }: { readonly width: number; readonly height: number }): Box {
  return { x: -width / 2, y: -height / 2, width, height };
}

function cornersOf({ box, label }: { readonly box?: Box; readonly label?: Label }): readonly Point[] {
  return [box, label?.box].flatMap((one) =>
    one === undefined ? [] : [one, { x: one.x + one.width, y: one.y + one.height }],
  );
}
