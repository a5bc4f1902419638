/**
 * A laid-out diagram as SVG: its colours and sizes are attributes, so that it needs no style sheet, and no script. Always on light
 * paper, whatever the screen is: printed it is the same.
 */
import { type Language, say, type Text } from '../pages/language.ts';
import type { Box, Label, LaidFlow, LaidNode, LaidOut, Point } from './domain/laid-out.ts';
import { LINE_HEIGHT, linesOf, TYPE_SIZE } from './domain/text-lines.ts';
import { EachMark, EventSymbol, GatewaySymbol, INK, PAPER, TaskMark } from './symbols.tsx';

/** What is written into a node. */
export interface Warmth {
  readonly colour: string;
  readonly text: string;
}

interface DrawingProps {
  readonly laidOut: LaidOut;
  readonly title: string;
  /** What it shows, for whoever does not see it; all its figures stand in a table as well. */
  readonly description: string;
  readonly language: Language;
  /** By the id of a node. */
  readonly warmth: ReadonlyMap<string, Warmth>;
}

const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';
const FLOW = '#56625e';
/** Soft, for conditions. */
const SOFT = '#46514d';
const HEAD = 6;
const CORNER = 5;

export function Drawing({ laidOut, title, description, language, warmth }: DrawingProps) {
  const { width, height, nodes, flows } = laidOut;
  const inside = (node: LaidNode) => node.kind === 'each' || node.kind === 'together';
  // What lies in another is drawn over it, and lines over the ground that they lie on.
  const grounds = nodes.filter(inside);
  return (
    <svg
      role="img"
      aria-labelledby="drawing-title drawing-text"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      font-family={FONT}
      font-size={TYPE_SIZE}
    >
      <title id="drawing-title">{title}</title>
      <desc id="drawing-text">{description}</desc>
      <rect width={width} height={height} fill={PAPER} />
      {grounds.map((node) => (
        <Ground node={node} language={language} />
      ))}
      {flows.map((flow) => (
        <Line flow={flow} />
      ))}
      {nodes
        .filter((node) => !inside(node))
        .map((node) => (
          <Node node={node} language={language} warmth={warmth.get(node.id)} />
        ))}
      {flows.map(({ label, words }) => (
        <Words label={label} text={say(words, language)} colour={SOFT} isAbove />
      ))}
    </svg>
  );
}

interface NodeProps {
  readonly node: LaidNode;
  readonly language: Language;
  readonly warmth?: Warmth | undefined;
}

function Node({ node, language, warmth }: NodeProps) {
  const { kind, box, name, label } = node;
  switch (kind) {
    case 'service':
    case 'user':
    case 'receive':
    case 'step':
    case 'call':
      return <Task node={node} language={language} warmth={warmth} />;
    case 'question':
    case 'fork':
    case 'join':
      return (
        <>
          <GatewaySymbol kind={kind} box={box} />
          <Words label={label} text={say(name, language)} colour={INK} isAbove />
        </>
      );
    default: {
      const isOnBorder = kind === 'on-error' || kind === 'on-time';
      return (
        <>
          <EventSymbol kind={kind} box={box} />
          <Words
            label={label}
            text={say(name, language)}
            colour={isOnBorder ? SOFT : INK}
            isStrong={kind === 'throw'}
            isAbove={isOnBorder}
          />
        </>
      );
    }
  }
}

function Task({ node: { kind, box, name }, language, warmth }: NodeProps) {
  const lines = linesOf(say(name, language), box.width - 34);
  const middle = box.x + box.width / 2;
  const top = box.y + (warmth === undefined ? 38 : 30) - ((lines.length - 1) * LINE_HEIGHT) / 2 + TYPE_SIZE / 3;
  return (
    <>
      <rect {...box} rx="8" fill={warmth?.colour ?? PAPER} stroke={INK} stroke-width={kind === 'call' ? 3 : 1.4} />
      <TaskMark kind={kind} x={box.x + 6} y={box.y + 6} />
      {lines.map((line, index) => (
        <text x={middle} y={top + index * LINE_HEIGHT} text-anchor="middle" fill={INK}>
          {line}
        </text>
      ))}
      {warmth === undefined ? null : (
        <text x={middle} y={box.y + 60} text-anchor="middle" fill={INK} font-weight="700">
          {warmth.text}
        </text>
      )}
    </>
  );
}

/** A sub-process: what is inside is drawn after it. */
function Ground({ node: { kind, box, name }, language }: NodeProps) {
  return (
    <>
      <rect {...box} rx="8" fill="#f7f8f6" stroke={INK} stroke-width="1.4" />
      <text x={box.x + 14} y={box.y + 22} fill={INK} font-weight="700">
        {say(name, language)}
      </text>
      {kind === 'each' ? <EachMark x={box.x + box.width / 2} y={box.y + box.height - 14} /> : null}
    </>
  );
}

function Line({ flow: { points } }: { readonly flow: LaidFlow }) {
  const last = points.at(-1) ?? { x: 0, y: 0 };
  const [dx, dy] = directionOf(points.at(-2) ?? last, last);
  const side = HEAD / 2 + 1;
  const back = { x: last.x - dx * HEAD * 1.4, y: last.y - dy * HEAD * 1.4 };
  return (
    <>
      <path d={pathOf([...points.slice(0, -1), back])} fill="none" stroke={FLOW} stroke-width="1.4" />
      <path
        d={`M${last.x} ${last.y}L${back.x - dy * side} ${back.y + dx * side}L${back.x + dy * side} ${back.y - dx * side}Z`}
        fill={FLOW}
      />
    </>
  );
}

/** With round corners. */
function pathOf(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (before === undefined || after === undefined) {
        return `${index === 0 ? 'M' : 'L'}${point.x} ${point.y}`;
      }
      const [into, out] = [towards(point, before), towards(point, after)];
      return `L${into.x} ${into.y}Q${point.x} ${point.y} ${out.x} ${out.y}`;
    })
    .join('');
}

/** From a corner a little way to the next one, no further than half of it. */
function towards(corner: Point, next: Point): Point {
  const [dx, dy] = directionOf(corner, next);
  const way = Math.min(CORNER, (Math.abs(next.x - corner.x) + Math.abs(next.y - corner.y)) / 2);
  return { x: corner.x + dx * way, y: corner.y + dy * way };
}

/** Lines go along the paper's edges. */
function directionOf(from: Point, to: Point): readonly [dx: number, dy: number] {
  return [Math.sign(to.x - from.x), Math.sign(to.y - from.y)];
}

interface WordsProps {
  readonly label: Label | undefined;
  readonly text: string;
  readonly colour: string;
  readonly isStrong?: boolean;
  /** It stands on what is below it; otherwise it hangs from what is above. One box is for both languages, and often too high. */
  readonly isAbove?: boolean;
}

/** On a little paper of its own, so that a line behind it does not strike it through. */
function Words({ label, text, colour, isStrong, isAbove }: WordsProps) {
  if (label === undefined || text === '') {
    return null;
  }
  const { box, align } = label;
  const lines = linesOf(text, box.width + 0.5);
  const top = box.y + (isAbove === true ? box.height - lines.length * LINE_HEIGHT : 0) + TYPE_SIZE;
  return (
    <>
      {lines.map((line, index) => (
        <text
          x={anchorOf(box, align)}
          y={top + index * LINE_HEIGHT}
          text-anchor={align}
          fill={colour}
          stroke={PAPER}
          stroke-width="3"
          paint-order="stroke"
          font-weight={isStrong === true ? '600' : undefined}
        >
          {line}
        </text>
      ))}
    </>
  );
}

function anchorOf({ x, width }: Box, align: Label['align']): number {
  return align === 'start' ? x : align === 'end' ? x + width : x + width / 2;
}

interface LegendProps {
  readonly steps: readonly { readonly colour: string; readonly name: Text }[];
  readonly title: string;
  readonly language: Language;
}

const SWATCH = 96;

/** Which colour means what. */
export function Legend({ steps, title, language }: LegendProps) {
  return (
    <svg
      role="img"
      aria-label={title}
      viewBox={`0 0 ${SWATCH * steps.length} 26`}
      width={SWATCH * steps.length}
      height="26"
      font-family={FONT}
      font-size={TYPE_SIZE}
    >
      {steps.map(({ colour, name }, index) => (
        <>
          <rect x={index * SWATCH} width={SWATCH} height="26" fill={colour} stroke={INK} />
          <text x={(index + 0.5) * SWATCH} y="17" text-anchor="middle" fill={INK}>
            {say(name, language)}
          </text>
        </>
      ))}
    </svg>
  );
}
