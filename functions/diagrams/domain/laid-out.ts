/** A diagram with its places on paper: what the page draws, and what a file of BPMN shows. In points, from the upper left corner. */
import type { Words } from '../../measures/domain/kinds.ts';
import type { NodeKind } from './flowchart.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface LaidNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: Words;
  readonly box: Box;
  /** Where its name stands if that is not within its box; absent of those whose name is not shown. */
  readonly label?: Label;
  readonly host?: string;
  /** The sub-process that it lies in. */
  readonly parent?: string;
  readonly places: readonly string[];
}

export interface Label {
  readonly box: Box;
  readonly align: 'start' | 'middle' | 'end';
}

export interface LaidFlow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
  readonly words: Words;
  readonly label?: Label;
}

export interface LaidOut {
  readonly width: number;
  readonly height: number;
  /** What lies in another comes after it. */
  readonly nodes: readonly LaidNode[];
  readonly flows: readonly LaidFlow[];
}

/** To half points: finer is not seen. */
export function halves(value: number): number {
  return Math.round(value * 2) / 2;
}

/** What lies around the origin, moved to where it belongs. */
export function moved<T extends Pick<LaidOut, 'nodes' | 'flows'>>(part: T, dx: number, dy: number): T {
  const box = (one: Box): Box => ({ ...one, x: one.x + dx, y: one.y + dy });
  const label = (one: Label | undefined) => (one === undefined ? {} : { label: { ...one, box: box(one.box) } });
  return {
    ...part,
    nodes: part.nodes.map((node) => ({ ...node, box: box(node.box), ...label(node.label) })),
    flows: part.flows.map((flow) => ({
      ...flow,
      points: flow.points.map(({ x, y }) => ({ x: x + dx, y: y + dy })),
      ...label(flow.label),
    })),
  };
}
