/** The loops of a machine: what keeps each from turning for ever, and what a round writes into the history. */
import { type Graph, graphlib } from '@dagrejs/dagre';
import type { Retrier, State, SubMachine } from '../definition.ts';
import { isDistributed } from '../map/run.ts';
import { subMachinesOf } from '../paths/ways.ts';
import { canFailSoftly } from '../turn.ts';
import { isMeasured, isStep, treeOf } from './expression-tree.ts';
import { isWaiting } from './graph.ts';

/** The names of states that lead to each other, in the order of the definition. */
export type Loop = readonly string[];

/** The largest groups of states that lead to each other; a state that leads to itself is one. */
export function loopsOf(graph: Graph): readonly Loop[] {
  const order = graph.nodes();
  return graphlib.alg.findCycles(graph).map((names) => order.filter((name) => names.includes(name)));
}

/**
 * The loops that turn without waiting for anything, and that no counter ends. A counter ends a loop that passes both the
 * state that adds one and the question how large it is; other loops of the same states may miss one of them.
 */
export function restlessLoops(machine: SubMachine, graph: Graph): readonly Loop[] {
  const calm = withoutWaits(machine, graph);
  const { counting, measuring } = countersOf(machine, loopsOf(calm).flat());
  const without = (names: ReadonlySet<string>) =>
    loopsOf(
      subgraph(
        calm,
        calm.nodes().filter((name) => !names.has(name)),
      ),
    );
  const uncounted = without(counting);
  return uncounted.length > 0 ? uncounted : without(measuring);
}

/**
 * The most history events of a round of a loop, which goes from one wait to the next: every attempt of every Retry on the
 * longest way. A loop that a counter ends counts once with all its states.
 */
export function eventsOfRound(machine: SubMachine, graph: Graph, loop: Loop): number {
  const own = subgraph(graph, loop);
  const calm = withoutWaits(machine, own);
  const waits = loop.filter((name) => isWaiting(stateIn(machine, name)));
  const atWait = Math.max(0, ...waits.map((name) => eventsOf(stateIn(machine, name))));
  if (!graphlib.alg.isAcyclic(calm)) return loop.reduce((sum, name) => sum + eventsOf(stateIn(machine, name)), 0);
  const longest = new Map<string, number>();
  for (const name of graphlib.alg.topsort(calm)) {
    const before = (calm.predecessors(name) ?? []).map((one) => longest.get(one) ?? 0);
    longest.set(name, Math.max(0, ...before) + eventsOf(stateIn(machine, name)));
  }
  return atWait + Math.max(0, ...longest.values());
}

/** The most events that a visit of a state writes. The items of an inline Map have no bound that a definition tells. */
function eventsOf(state: State): number {
  if (!canFailSoftly(state)) return 2;
  const attempts = (state.Retry ?? []).reduce((sum, retrier: Retrier) => sum + (retrier.MaxAttempts ?? 3), 1);
  return 3 + attempts * eventsOfAttempt(state);
}

function eventsOfAttempt(state: State): number {
  if (state.Type === 'Task') return isWaiting(state) ? 4 : 3;
  if (state.Type === 'Map') return isDistributed(state) ? 4 : Number.POSITIVE_INFINITY;
  const inside = subMachinesOf(state).flatMap(({ States }) => Object.values(States));
  return 2 + inside.reduce((sum, inner) => sum + eventsOf(inner), 0);
}

interface Counters {
  /** States that add one to a variable that a question of `measuring` asks about. */
  readonly counting: ReadonlySet<string>;
  readonly measuring: ReadonlySet<string>;
}

function countersOf(machine: SubMachine, names: readonly string[]): Counters {
  const steps = names.flatMap((name) => stepsIn(stateIn(machine, name)).map((variable) => ({ name, variable })));
  const isMeasuring = (name: string, variable: string) => {
    const state = stateIn(machine, name);
    return state.Type === 'Choice' && state.Choices.some(({ Condition }) => isMeasured(treeOf(Condition), variable));
  };
  const measured = steps.filter(({ variable }) => names.some((name) => isMeasuring(name, variable)));
  return {
    counting: new Set(measured.map(({ name }) => name)),
    measuring: new Set(names.filter((name) => measured.some(({ variable }) => isMeasuring(name, variable)))),
  };
}

/** The variables to which a state adds one whichever way it is left; what a Catch does not do is not counted. */
function stepsIn({ Assign = {} }: State): readonly string[] {
  return Object.entries(Assign).flatMap(([name, value]) => (isStep(treeOf(value), name) ? [name] : []));
}

function withoutWaits(machine: SubMachine, graph: Graph): Graph {
  return subgraph(
    graph,
    graph.nodes().filter((name) => !isWaiting(stateIn(machine, name))),
  );
}

function subgraph(graph: Graph, names: readonly string[]): Graph {
  return graph.filterNodes((name) => names.includes(name));
}

function stateIn(machine: SubMachine, name: string): State {
  const state = machine.States[name];
  if (state === undefined) throw new Error(`No state ${name}`);
  return state;
}
