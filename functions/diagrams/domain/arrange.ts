/** A flow chart on paper: blocks on shelves, and lines between them. The same chart and cells give the same paper. Pure. */
import { type Block, blockOf } from './block.ts';
import type { Flowchart } from './flowchart.ts';
import { componentsOf, hangingsOf } from './hang.ts';
import type { LaidOut } from './laid-out.ts';
import { drawnLines } from './lines.ts';
import { measuresOf } from './measures.ts';
import { routesOf } from './routes.ts';
import { type Cell, sheetOf } from './shelves.ts';

/** @param cells - of every block, by the id of its node, within its part of the chart */
export function arrange(chart: Flowchart, cells: ReadonlyMap<string, Cell>): LaidOut {
  const hung = hangingsOf(chart);
  const blocks = new Map<string, Block>(
    hung.blocks.map((hanging) => {
      const { id, inner } = hanging.node;
      return [id, blockOf(hanging, inner === undefined ? undefined : arrange(inner, cells))];
    }),
  );
  const parts = componentsOf(hung).map((component) =>
    component.flatMap(({ node: { id } }) => {
      const [block, cell] = [blocks.get(id), cells.get(id)];
      return block === undefined || cell === undefined ? [] : [{ block, cell }];
    }),
  );
  const sheet = sheetOf(parts);
  const routes = routesOf(sheet, hung.flows, hung.blockOf);
  const measures = measuresOf(sheet, routes);
  const lines = drawnLines(routes, measures);
  return {
    width: Math.ceil(measures.width),
    height: Math.ceil(measures.height),
    nodes: measures.blocks.flatMap(({ nodes }) => nodes),
    flows: [...measures.blocks.flatMap(({ flows }) => flows), ...lines],
  };
}
