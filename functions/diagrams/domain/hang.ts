/** What of a flow chart is laid out as a block of its own, and what hangs on which block. Pure. */
import type { Hanging } from './block.ts';
import type { Flow, Flowchart, FlowNode } from './flowchart.ts';

export interface Hung {
  /** In the order of the chart. */
  readonly blocks: readonly Hanging[];
  /** Between blocks, or from an event on the border of one. */
  readonly flows: readonly Flow[];
  /** The block that a node is, or hangs on. */
  readonly blockOf: (id: string) => string;
}

export function hangingsOf({ nodes, flows }: Flowchart): Hung {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const places = new Map(nodes.map(({ id }, index) => [id, index]));
  const into = (id: string) => flows.filter(({ to }) => to === id);
  const outOf = (id: string) => flows.filter(({ from }) => from === id);
  const kind = (id: string) => byId.get(id)?.kind;
  const isBorder = (id: string) => byId.get(id)?.host !== undefined;
  const goesOn = (from: string, but: string) =>
    outOf(from).some(({ to }) => to !== but && kind(to) !== 'throw' && (places.get(to) ?? 0) > (places.get(from) ?? 0));

  /** Ends and links that one node leads to, beside the way that goes on. */
  const isHanging = ({ id, kind: of }: FlowNode): boolean => {
    const [only, ...others] = into(id);
    if (only === undefined || others.length > 0 || !(of === 'throw' || of === 'end' || of === 'failed')) {
      return false;
    }
    return isBorder(only.from) || (kind(only.from) === 'question' && (of === 'throw' || goesOn(only.from, id)));
  };
  /** A link to a node that something else leads to as well. */
  const isCaught = ({ id, kind: of }: FlowNode): boolean =>
    of === 'catch' && outOf(id).some(({ to }) => into(to).some(({ from }) => from !== id && hostOf(from) !== to));
  const hostOf = (id: string) => byId.get(id)?.host ?? id;

  const hanging = nodes.filter((node) => node.host === undefined && isHanging(node));
  const caught = nodes.filter(isCaught);
  const aside = new Set([...hanging, ...caught].map(({ id }) => id));
  const holderOf = (id: string): string => {
    const holder = hanging.some((node) => node.id === id) ? into(id)[0]?.from : outOf(id)[0]?.to;
    return hostOf(aside.has(id) ? (holder ?? id) : id);
  };
  const isLoop = ({ from, to }: Flow) => isBorder(from) && hostOf(from) === to;
  const between = flows.filter((flow) => !aside.has(flow.to) && !aside.has(flow.from) && !isLoop(flow));
  const blocks = nodes
    .filter(({ id, host }) => host === undefined && !aside.has(id))
    .map((node): Hanging => {
      const borders = nodes.filter(({ host }) => host === node.id);
      const leads = (event: FlowNode) => between.some(({ from }) => from === event.id);
      const loops = flows.filter((flow) => isLoop(flow) && flow.to === node.id);
      const loopsFirst = (event: FlowNode) => (loops.some(({ from }) => from === event.id) ? 0 : leads(event) ? 1 : 2);
      const link = caught.find(({ id }) => outOf(id)[0]?.to === node.id);
      const linkFlow = link === undefined ? undefined : outOf(link.id)[0];
      const ahead = between.find(({ from }) => from === node.id);
      return {
        node,
        borders: [...borders].sort((one, other) => loopsFirst(one) - loopsFirst(other)),
        ends: hanging.flatMap((end) => {
          const [flow] = into(end.id);
          return flow !== undefined && hostOf(flow.from) === node.id ? [{ node: end, flow }] : [];
        }),
        ...(link === undefined || linkFlow === undefined ? {} : { caught: { node: link, flow: linkFlow } }),
        loops,
        ...(ahead === undefined ? {} : { ahead }),
      };
    });
  return { blocks, flows: between, blockOf: holderOf };
}

/** Blocks that lines join, in the order of the chart; links join none. */
export function componentsOf({ blocks, flows, blockOf }: Hung): readonly (readonly Hanging[])[] {
  const component = new Map<string, number>();
  for (const [index, { node }] of blocks.entries()) {
    const found = component.has(node.id) ? [] : [node.id];
    for (const id of found) {
      component.set(id, index);
      const ends = flows.map(({ from, to }) => [blockOf(from), to] as const);
      const next = ends.flatMap(([from, to]) => (from === id ? [to] : to === id ? [from] : []));
      found.push(...new Set(next.filter((other) => !component.has(other) && !found.includes(other))));
    }
  }
  const numbers = [...new Set(component.values())];
  return numbers.map((number) => blocks.filter(({ node }) => component.get(node.id) === number));
}
