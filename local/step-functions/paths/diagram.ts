/**
 * A machine as cards and lines. A drawing with every way as a line is a knot wherever many states share one answer to
 * failures. So ways to a state that many lead to, and ways out of a state that leads to many, stand as rows on the card
 * that they leave; what remains is the flow.
 */
import type { SubMachine } from '../definition.ts';
import type { CountedState, CountedWay, MachinePaths } from './taken.ts';
import { scopeInside, subMachinesOf } from './ways.ts';

/** One way, as the drawing says it. */
export interface Saying {
  readonly text: string;
  /** The same without anything left out. */
  readonly full: string;
  readonly count: number;
  /** The state that a row leads to. */
  readonly to?: string;
}

export interface Card {
  readonly name: string;
  readonly type: string;
  readonly count: number;
  readonly rows: readonly Saying[];
}

/** All ways from one state to another that are drawn. */
export interface Line {
  readonly from: string;
  readonly to: string;
  readonly sayings: readonly Saying[];
}

/** The drawing of one machine, or of one machine within a machine. */
export interface Diagram {
  readonly scope: string;
  readonly startAt: string;
  readonly cards: readonly Card[];
  readonly lines: readonly Line[];
}

/** From so many states a state is one that many lead to. */
const MANY_SOURCES = 5;
/** To so many states a state is one that leads to many. */
const MANY_TARGETS = 4;

/** The machine itself, then those within it. */
export function diagramsOf(paths: MachinePaths): readonly Diagram[] {
  return within(paths, paths.definition, '');
}

/** The diagram with some of its lines as rows on the cards that they leave. */
export function withRows(diagram: Diagram, lines: readonly Line[]): Diagram {
  const isRow = ({ from, to }: Line) => lines.some((line) => line.from === from && line.to === to);
  const [rows, kept] = [diagram.lines.filter(isRow), diagram.lines.filter((line) => !isRow(line))];
  const rowsOf = (name: string) =>
    rows.flatMap(({ from, to, sayings }) => (from === name ? sayings.map((saying) => ({ ...saying, to })) : []));
  return {
    ...diagram,
    lines: kept,
    cards: diagram.cards.map((card) => ({ ...card, rows: [...card.rows, ...rowsOf(card.name)] })),
  };
}

function within(paths: MachinePaths, machine: SubMachine, scope: string): readonly Diagram[] {
  const inside = Object.entries(machine.States).flatMap(([name, state]) =>
    subMachinesOf(state).flatMap((inner, branch) => within(paths, inner, scopeInside(scope, name, branch))),
  );
  return [diagramOf(paths, machine, scope), ...inside];
}

function diagramOf(paths: MachinePaths, { StartAt }: SubMachine, scope: string): Diagram {
  const states = paths.states.filter((state) => state.scope === scope);
  const ways = paths.ways.filter((way) => way.scope === scope);
  const isDrawn = drawnWays(ways);
  const drawn = ways.filter(isDrawn);
  return {
    scope,
    startAt: StartAt,
    cards: states.map((state) =>
      cardOf(
        state,
        ways.filter((way) => way.from === state.name && !isDrawn(way)),
      ),
    ),
    lines: [...grouped(drawn, ({ from, to }) => JSON.stringify([from, to])).values()].flatMap((group) => {
      const [first] = group;
      return first?.to === undefined ? [] : [{ from: first.from, to: first.to, sayings: group.map(sayingOf) }];
    }),
  };
}

/** Which ways are lines. A state that only such a row leads to would float: then it keeps its line. */
function drawnWays(ways: readonly CountedWay[]): (way: CountedWay) => boolean {
  const leading = ways.filter(({ from, to }) => to !== undefined && to !== from);
  const sources = countDistinct(leading.map(({ from, to }) => [to ?? '', from]));
  const isHub = (name: string) => (sources.get(name) ?? 0) >= MANY_SOURCES;
  const flow = leading.filter(({ to }) => !isHub(to ?? ''));
  const targets = countDistinct(flow.map(({ from, to }) => [from, to ?? '']));
  const isFan = (name: string) => (targets.get(name) ?? 0) >= MANY_TARGETS;
  const reached = new Set(flow.filter(({ from }) => !isFan(from)).map(({ to }) => to));
  const drawn = new Set(flow.filter(({ from, to }) => !isFan(from) || !reached.has(to)));
  return (way) => drawn.has(way);
}

function countDistinct(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, number> {
  const groups = grouped(pairs, ([key]) => key);
  return new Map([...groups].map(([key, group]) => [key, new Set(group.map(([, value]) => value)).size]));
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item)) ?? [];
    group.push(item);
    groups.set(keyOf(item), group);
  }
  return groups;
}

function cardOf({ name, state, count }: CountedState, ways: readonly CountedWay[]): Card {
  const isTakenRetry = ({ kind, count: times }: CountedWay) => kind === 'retry' && times > 0;
  const others = ways.filter((way) => !isTakenRetry(way));
  return {
    name,
    type: state.Type,
    count,
    rows: [...joinedRetries(ways.filter(isTakenRetry)), ...others.map((way) => rowOf(way, name))],
  };
}

function rowOf(way: CountedWay, name: string): Saying {
  const isElsewhere = way.to !== undefined && way.to !== name;
  return { ...sayingOf(way), ...(isElsewhere ? { to: way.to } : {}) };
}

/** Repetitions that all happened need no row each. */
function joinedRetries(ways: readonly CountedWay[]): readonly Saying[] {
  if (ways.length === 0) return [];
  const errors = ways.length === 1 ? 'one kind of error' : `${ways.length} kinds of error`;
  return [
    {
      text: `↻ after ${errors}`,
      full: ways.map((way) => `${sayingOf(way).full}: ${way.count}×`).join('; '),
      count: ways.reduce((sum, way) => sum + way.count, 0),
    },
  ];
}

function sayingOf({ by, kind, when, count }: CountedWay): Saying {
  const [first = '', ...others] = when.split(', ');
  const shortened = others.length === 0 ? first : `${first} +${others.length}`;
  const said = {
    transition: when,
    choice: when.replaceAll('$states.input.', ''),
    retry: `↻ ${shortened}`,
    catch: `catch ${shortened}`,
  }[kind];
  return { text: said, full: `${by}: ${when}`, count };
}
