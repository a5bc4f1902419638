/**
 * In which row and column each node stands, by `bpmn-auto-layout`. It knows no expanded sub-processes of more than one size, no
 * names beside symbols and no paper that ends, so its cells are taken and nothing else of it (docs/adr/0030).
 */
import { layoutProcess } from 'bpmn-auto-layout';
import { BpmnModdle } from 'bpmn-moddle';
import * as z from 'zod';
import { bpmnXml } from './bpmn-xml.ts';
import type { Flowchart } from './domain/flowchart.ts';
import { componentsOf, hangingsOf } from './domain/hang.ts';
import type { Cell } from './domain/shelves.ts';

/** Of its grid. */
const [CELL_WIDTH, CELL_HEIGHT] = [150, 140];

const shapesSchema = z.array(
  z.object({
    bpmnElement: z.object({ id: z.string() }),
    bounds: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).optional(),
  }),
);

/** Of all blocks, those of sub-processes among them. */
export async function placedCells(chart: Flowchart): Promise<ReadonlyMap<string, Cell>> {
  const inside = chart.nodes.flatMap(({ inner }) => (inner === undefined ? [] : [placedCells(inner)]));
  const hung = hangingsOf(chart);
  const parts = componentsOf(hung).map(async (component) => {
    const members = component.flatMap(({ node, borders }) => [node, ...borders]);
    const flows = hung.flows.filter(({ to }) => members.some(({ id }) => id === to));
    // What leads nowhere else has no say in where its host stands.
    const nodes = members
      .filter(({ id, host }) => host === undefined || flows.some(({ from }) => from === id))
      .map(({ inner: _, ...node }) => node);
    return cellsOf(
      { nodes, flows },
      component.map(({ node }) => node.id),
    );
  });
  return new Map((await Promise.all([...inside, ...parts])).flatMap((cells) => [...cells]));
}

async function cellsOf(part: Flowchart, ids: readonly string[]): Promise<ReadonlyMap<string, Cell>> {
  const xml = await bpmnXml({ machine: 'part', name: '', chart: part, language: 'en' });
  // Among loops that nothing leads to it loses a node, and stumbles over it.
  const laidOut = await layoutProcess(xml).catch(() => undefined);
  const cells = laidOut === undefined ? new Map<string, Cell>() : await cellsIn(laidOut, ids);
  return ids.every((id) => cells.has(id)) ? cells : byDistance(part, ids);
}

async function cellsIn(xml: string, ids: readonly string[]): Promise<ReadonlyMap<string, Cell>> {
  const { rootElement } = await new BpmnModdle().fromXML(xml);
  const [diagram] = z
    .array(z.object({ plane: z.object({ planeElement: shapesSchema }) }))
    .parse(rootElement.get('diagrams'));
  const cells = new Map<string, Cell>();
  for (const { bpmnElement, bounds } of diagram?.plane.planeElement ?? []) {
    if (bounds !== undefined && ids.includes(bpmnElement.id)) {
      const [x, y] = [bounds.x + bounds.width / 2, bounds.y + bounds.height / 2];
      cells.set(bpmnElement.id, { row: Math.floor(y / CELL_HEIGHT), column: Math.floor(x / CELL_WIDTH) });
    }
  }
  return cells;
}

/** Where it has lost a node: as many columns from the beginning as there are steps. */
function byDistance({ nodes, flows }: Flowchart, ids: readonly string[]): ReadonlyMap<string, Cell> {
  const hosts = new Map(nodes.map(({ id, host = id }) => [id, host]));
  const columns = new Map<string, number>();
  for (const first of ids) {
    const found = columns.has(first) ? [] : [first];
    columns.set(first, columns.get(first) ?? 0);
    for (const id of found) {
      const next = flows.filter(({ from, to }) => hosts.get(from) === id && !columns.has(to)).map(({ to }) => to);
      for (const to of new Set(next)) {
        columns.set(to, (columns.get(id) ?? 0) + 1);
        found.push(to);
      }
    }
  }
  const taken = new Map<number, number>();
  return new Map(
    ids.map((id) => {
      const column = columns.get(id) ?? 0;
      const row = taken.get(column) ?? 0;
      taken.set(column, row + 1);
      return [id, { row, column }] as const;
    }),
  );
}
