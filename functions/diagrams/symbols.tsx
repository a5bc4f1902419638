/** Symbols of BPMN 2.0 as parts of a drawing, each around its own middle or in its own corner. */
import type { NodeKind } from './domain/flowchart.ts';
import type { Box } from './domain/laid-out.ts';

export const INK = '#1a2321';
export const PAPER = '#ffffff';

const LINE = { fill: 'none', stroke: INK, 'stroke-width': '1.4', 'stroke-linejoin': 'round' } as const;
const SOLID = { fill: INK, stroke: 'none' } as const;

interface PlaceProps {
  readonly x: number;
  readonly y: number;
}

/** In a circle, around its middle. */
const IN_EVENTS: { readonly [kind in NodeKind]?: readonly [attributes: object, path: string] } = {
  throw: [SOLID, 'M-7 -3H1V-7L8 0L1 7V3H-7Z'],
  catch: [LINE, 'M-7 -3H1V-7L8 0L1 7V3H-7Z'],
  failed: [SOLID, 'M-7 7L-3 -6L1 1L7 -7L3 6L-1 -1Z'],
  'on-error': [LINE, 'M-7 7L-3 -6L1 1L7 -7L3 6L-1 -1Z'],
  timer: [LINE, 'M0 -5V0L4 3M-8 0A8 8 0 1 0 8 0A8 8 0 1 0 -8 0'],
  'on-time': [LINE, 'M0 -5V0L4 3M-8 0A8 8 0 1 0 8 0A8 8 0 1 0 -8 0'],
};

/** In the upper left corner of a task, 14 points wide. */
const IN_TASKS: { readonly [kind in NodeKind]?: string } = {
  user: 'M7 1a3 3 0 1 1 0 6a3 3 0 1 1 0 -6M1 14c0 -5 2.5 -6.5 6 -6.5s6 1.5 6 6.5Z',
  receive: 'M0.5 2.5h13v9h-13ZM0.5 2.5l6.5 5l6.5 -5',
  service:
    'M7 4.5a2.5 2.5 0 1 1 0 5a2.5 2.5 0 1 1 0 -5M7 0.5v3M7 10.5v3M0.5 7h3M10.5 7h3M2.4 2.4l2.1 2.1M9.5 9.5l2.1 2.1M2.4 11.6l2.1 -2.1M9.5 4.5l2.1 -2.1',
};

/** Of boundary and catching events and links, two circles; of ends a thick one. */
export function EventSymbol({ kind, box }: { readonly kind: NodeKind; readonly box: Box }) {
  const [x, y, r] = [box.x + box.width / 2, box.y + box.height / 2, box.width / 2];
  const isEnd = kind === 'end' || kind === 'failed';
  const isDouble = !isEnd && kind !== 'start';
  const [attributes, path] = IN_EVENTS[kind] ?? [LINE, ''];
  return (
    <>
      <circle cx={x} cy={y} r={isEnd ? r - 1 : r} fill={PAPER} stroke={INK} stroke-width={isEnd ? 3 : 1.4} />
      {isDouble ? <circle cx={x} cy={y} r={r - 3} {...LINE} stroke-width="1" /> : null}
      {path === '' ? null : <path d={path} transform={`translate(${x} ${y})`} {...attributes} />}
    </>
  );
}

export function GatewaySymbol({ kind, box }: { readonly kind: NodeKind; readonly box: Box }) {
  const [x, y, r] = [box.x + box.width / 2, box.y + box.height / 2, box.width / 2];
  const mark = kind === 'question' ? 'M-8 -8L8 8M8 -8L-8 8' : 'M0 -12V12M-12 0H12';
  return (
    <>
      <path d={`M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`} {...LINE} fill={PAPER} />
      <path d={mark} transform={`translate(${x} ${y})`} {...LINE} stroke-width="3" />
    </>
  );
}

export function TaskMark({ kind, x, y }: PlaceProps & { readonly kind: NodeKind }) {
  const path = IN_TASKS[kind];
  return path === undefined ? null : <path d={path} transform={`translate(${x} ${y})`} {...LINE} stroke-width="1.1" />;
}

/** At the lower edge of what is repeated for each item: three bars. */
export function EachMark({ x, y }: PlaceProps) {
  return <path d="M-5 -6V6M0 -6V6M5 -6V6" transform={`translate(${x} ${y})`} {...LINE} stroke-width="2.4" />;
}
