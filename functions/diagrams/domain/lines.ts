/** Lines between blocks, point by point, with their texts. Pure. */
import type { Label, LaidFlow, Point } from './laid-out.ts';
import type { Measures } from './measures.ts';
import type { Route } from './routes.ts';
import { sizeOf } from './text-lines.ts';

const LABEL_WIDTH = 120;
/** Between a text and the line that it stands on. */
const ABOVE = 3;

export function drawnLines(routes: readonly Route[], measures: Measures): readonly LaidFlow[] {
  return routes.map((route) => {
    const { flow } = route;
    const points = pointsOf(route, measures);
    const label = flow.label.en === '' ? undefined : labelOf(route, points);
    const { id, from, to, label: words } = flow;
    return { id, from, to, points, words, ...(label === undefined ? {} : { label }) };
  });
}

function pointsOf(route: Route, { middle, at }: Measures): readonly Point[] {
  const { source, target, legs, isFromBorder, flow } = route;
  const [from, to] = [middle(source), middle(target)];
  const end = { x: to.x - target.block.body.width / 2, y: to.y };
  const border = source.block.nodes.find(({ id }) => id === flow.from)?.box;
  const start =
    isFromBorder && border !== undefined
      ? { x: from.x + border.x + border.width / 2, y: from.y + border.y + border.height }
      : { x: from.x + source.block.body.width / 2, y: from.y };
  const bends = legs.map((_, leg) => at(route, leg));
  const points = [start];
  for (const [leg, bend] of bends.entries()) {
    const last = points.at(-1) ?? start;
    points.push(legs[leg]?.kind === 'upright' ? { x: bend, y: last.y } : { x: last.x, y: bend });
  }
  const last = points.at(-1) ?? start;
  // What ends by an upright piece turns once more, on the height of the target.
  return [...points, ...(legs.length === 0 ? [] : [{ x: last.x, y: end.y }]), end];
}

/** Above the line: beside its source where it goes straight, before its target where it bends once, else where it goes across. */
function labelOf({ flow, legs }: Route, points: readonly Point[]): Label | undefined {
  const { width, height } = sizeOf(flow.label, LABEL_WIDTH);
  const [first, second] = points;
  if (first === undefined || second === undefined) {
    return undefined;
  }
  if (legs.length === 0) {
    return { box: { x: first.x + 6, y: first.y - height - ABOVE, width, height }, align: 'start' };
  }
  if (legs.length === 1) {
    const end = points.at(-1) ?? first;
    return { box: { x: end.x - width - 10, y: end.y - height - ABOVE, width, height }, align: 'end' };
  }
  const [from = first, to = second] = points.slice(2, 4);
  const isBack = to.x < from.x;
  return {
    box: { x: isBack ? from.x - width - 6 : from.x + 6, y: from.y - height - ABOVE, width, height },
    align: isBack ? 'end' : 'start',
  };
}
