import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scopeSchema } from '../../../functions/diagrams/domain/asl.ts';
import type { Box, LaidNode, LaidOut } from '../../../functions/diagrams/domain/laid-out.ts';
import { anyMachine, type Drawn, drawn, EVERYTHING } from './machines.ts';

const FOLDER = 'statemachines';
const MACHINES = readdirSync(FOLDER).filter((file) => file.endsWith('.asl.json'));

const machine = (file: string) => scopeSchema.parse(JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')));

/** Ends that only just meet are no overlap. */
const MEETING = 0.01;

function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width - MEETING &&
    other.x < one.x + one.width - MEETING &&
    one.y < other.y + other.height - MEETING &&
    other.y < one.y + one.height - MEETING
  );
}

function isWithin(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** What is wrong with a drawing, in words; nothing is right. */
function faultsOf({ laidOut }: Drawn): readonly string[] {
  const byId = new Map(laidOut.nodes.map((node) => [node.id, node]));
  const around = (node: LaidNode | undefined): readonly string[] =>
    node?.parent === undefined ? [] : [node.parent, ...around(byId.get(node.parent))];
  const related = (one: LaidNode, other: LaidNode) =>
    one.host === other.id || other.host === one.id || around(one).includes(other.id) || around(other).includes(one.id);
  const { nodes } = laidOut;
  const pairs = nodes.flatMap((one, index) => nodes.slice(index + 1).map((other) => [one, other] as const));
  return [
    ...pairs
      .filter(([one, other]) => !related(one, other) && overlap(one.box, other.box))
      .map(([one, other]) => `${one.id} lies on ${other.id}`),
    ...nodes
      .filter(({ box, parent }) => !isWithin(box, byId.get(parent ?? '')?.box ?? { x: 0, y: 0, ...laidOut }))
      .map(({ id }) => `${id} is not within what it belongs to`),
    ...laidOut.flows.flatMap((flow) => lineFaults(flow, byId, around)),
  ];
}

function lineFaults(
  { id, from, to, points }: LaidOut['flows'][number],
  byId: ReadonlyMap<string, LaidNode>,
  around: (node: LaidNode | undefined) => readonly string[],
): readonly string[] {
  const [source, target] = [byId.get(from), byId.get(to)];
  const [first, last] = [points[0], points.at(-1)];
  if (source === undefined || target === undefined || first === undefined || last === undefined || points.length < 2) {
    return [`${id} has no two ends`];
  }
  const pieces = points.slice(1).map((end, index) => ({ start: points[index] ?? end, end }));
  const own = [from, to, source.host, ...around(source)];
  const others = [...byId.values()].filter((node) => !own.includes(node.id) && node.host !== to && node.host !== from);
  return [
    ...(touches(first, source.box) && touches(last, target.box) ? [] : [`${id} does not end at its nodes`]),
    ...pieces.flatMap(({ start, end }) => {
      const box = {
        x: Math.min(start.x, end.x),
        y: Math.min(start.y, end.y),
        width: Math.abs(start.x - end.x) + 2 * MEETING,
        height: Math.abs(start.y - end.y) + 2 * MEETING,
      };
      const isSlanting = start.x !== end.x && start.y !== end.y;
      return [
        ...(isSlanting ? [`${id} slants`] : []),
        ...others.filter((node) => overlap(box, node.box)).map((node) => `${id} goes through ${node.id}`),
      ];
    }),
  ];
}

function touches({ x, y }: { readonly x: number; readonly y: number }, box: Box): boolean {
  return isWithin(
    { x, y, width: 0, height: 0 },
    { x: box.x - 1, y: box.y - 1, width: box.width + 2, height: box.height + 2 },
  );
}

/** Texts that cannot be read for another text, or for a symbol. */
function unreadable({ nodes, flows }: LaidOut): readonly string[] {
  const labels = [...nodes, ...flows].flatMap(({ id, label }) => (label === undefined ? [] : [{ id, box: label.box }]));
  const symbols = nodes.filter(({ kind }) => kind !== 'each' && kind !== 'together');
  return labels.flatMap(({ id, box }, index) => [
    ...labels
      .slice(index + 1)
      .filter((other) => overlap(box, other.box))
      .map((other) => `${id} and ${other.id}`),
    ...symbols.filter((symbol) => overlap(box, symbol.box)).map((symbol) => `${id} on ${symbol.id}`),
  ]);
}

describe('a diagram', () => {
  it.each(MACHINES)('of %s has no node on another, and no line through a node', async (file) => {
    const diagram = await drawn(machine(file));

    expect(faultsOf(diagram)).toEqual([]);
    expect(unreadable(diagram.laidOut)).toEqual([]);
    expect(diagram.laidOut.nodes.length).toBeGreaterThan(6);
  });

  it('of a Map in a Parallel in a machine has each in the other', async () => {
    const diagram = await drawn(EVERYTHING);

    expect(faultsOf(diagram)).toEqual([]);
    const parents = new Map(diagram.laidOut.nodes.map(({ id, parent }) => [id, parent]));
    expect([parents.get('AskTwice'), parents.get('EachItem'), parents.get('Both')]).toEqual([
      'EachItem',
      'Both',
      undefined,
    ]);
  });

  it('of any machine has no node on another, and no line through a node', async () => {
    await fc.assert(
      fc.asyncProperty(anyMachine(), async (any) => {
        const diagram = await drawn(any);
        const laid = diagram.laidOut.nodes.map(({ id }) => id);

        expect(faultsOf(diagram)).toEqual([]);
        expect(new Set(laid).size).toBe(laid.length);
      }),
      // Each takes a fifth of a second, and what is wrong is told well enough without a smaller example.
      { numRuns: 30, endOnFailure: true },
    );
  });

  it('is no wider than a screen, unless it is one sub-process that is wider', async () => {
    for (const file of MACHINES) {
      const { width } = (await drawn(machine(file))).laidOut;
      expect(width, file).toBeLessThan(1420);
    }
  });

  it('is the same whenever it is drawn', async () => {
    const [one, other] = [await drawn(EVERYTHING), await drawn(EVERYTHING)];

    expect(JSON.stringify(other)).toBe(JSON.stringify(one));
  });
});
