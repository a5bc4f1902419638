/**
 * Lines that would cross half the paper become links: two circles with one name, which in BPMN 2.0 are one way ("link events",
 * 10.5.1 of the specification). A line becomes one where it leads to a node that many lead to, or from one part of the process to another. Pure.
 */
import { type Flow, type Flowchart, type FlowNode, NO_WORDS } from './flowchart.ts';

/** A node to which so many others lead is led to by links. */
const MANY = 4;

/** The same process, inside as well. */
export function withLinks(chart: Flowchart, name: (wanted: string) => string): Flowchart {
  const nodes = chart.nodes.map((node) =>
    node.inner === undefined ? node : { ...node, inner: withLinks(node.inner, name) },
  );
  const isLink = linksAmong(nodes, chart.flows);
  const direct = chart.flows.filter((flow) => !isLink(flow));
  const linked = chart.flows.filter(isLink);
  const targets = [...new Set(linked.map(({ to }) => to))];
  const linkOf = (to: string) => nodes.find(({ id }) => id === to)?.name ?? NO_WORDS;
  const thrown = linked.map((flow) => {
    const id = name(`${flow.from}_goes_to_${flow.to}`);
    return { flow: { ...flow, to: id }, node: linkNode(id, 'throw', flow.to, linkOf(flow.to)) };
  });
  const caught = targets.map((to) => {
    const id = name(`${to}_goes_on`);
    return {
      flow: { id: name(`${id}_to_${to}`), from: id, to, label: NO_WORDS, conditions: [], isDefault: false },
      node: linkNode(id, 'catch', to, linkOf(to)),
    };
  });
  const links = [...thrown, ...caught];
  return {
    nodes: [...nodes, ...links.map(({ node }) => node)],
    flows: [...direct, ...links.map(({ flow }) => flow)],
  };
}

function linkNode(id: string, kind: 'throw' | 'catch', link: string, words: FlowNode['name']): FlowNode {
  return { id, kind, link, name: words, places: [] };
}

function linksAmong(nodes: readonly FlowNode[], flows: readonly Flow[]): (flow: Flow) => boolean {
  const hosts = new Map(nodes.map(({ id, host = id }) => [id, host]));
  const hostOf = (id: string) => hosts.get(id) ?? id;
  const between = flows.filter(({ from, to }) => hostOf(from) !== to);
  const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]));
  const hubs = nodes
    .filter(({ id, kind }) => {
      const sources = between.filter(({ to }) => to === id).map(({ from }) => hostOf(from));
      // All branches of a fork meet in its join; what joins them is no detour.
      return kind !== 'join' && new Set(sources).size >= MANY;
    })
    .map(({ id }) => id);
  const spine = spineOf(nodes, between);
  const isHubLink = ({ from, to }: Flow) =>
    hubs.includes(to) && hostOf(from) !== to && spine[spine.indexOf(to) - 1] !== from;
  const direct = between.filter((flow) => !isHubLink(flow));
  const regions = regionsOf(nodes, direct, hostOf, hubs);
  return (flow) =>
    kinds.get(flow.to) !== 'join' &&
    (isHubLink(flow) || regions.get(hostOf(flow.from)) !== regions.get(hostOf(flow.to)));
}

/** The first way of all, from the start. */
function spineOf(nodes: readonly FlowNode[], flows: readonly Flow[]): readonly string[] {
  const spine: string[] = [];
  let next = nodes.find(({ kind }) => kind === 'start')?.id;
  while (next !== undefined && !spine.includes(next)) {
    const from: string = next;
    spine.push(from);
    next = flows.find((flow) => flow.from === from)?.to;
  }
  return spine;
}

/** Parts that nothing but links leads to, by the node that each begins with. */
function regionsOf(
  nodes: readonly FlowNode[],
  direct: readonly Flow[],
  hostOf: (id: string) => string,
  hubs: readonly string[],
): ReadonlyMap<string, string> {
  const regions = new Map<string, string>();
  const starts = nodes.filter(({ kind }) => kind === 'start').map(({ id }) => id);
  const rest = nodes.filter(({ host }) => host === undefined).map(({ id }) => id);
  for (const first of [...starts, ...hubs, ...rest]) {
    const found = regions.has(first) ? [] : [first];
    for (const id of found) {
      regions.set(id, first);
      const next = direct.filter(({ from, to }) => hostOf(from) === id && !regions.has(to)).map(({ to }) => to);
      found.push(...new Set(next.filter((to) => !found.includes(to))));
    }
  }
  return regions;
}
