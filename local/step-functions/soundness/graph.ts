/** A machine as a graph of its states, for what can be said of it without running it. */
import { Graph } from '@dagrejs/dagre';
import type { State, SubMachine } from '../definition.ts';
import { scopeInside, subMachinesOf, waysOf } from '../paths/ways.ts';
import { resourceOf } from '../resources.ts';

/** One machine of a definition: the whole, a branch, or what a Map does for each item. */
export interface Level {
  /** As in paths: `Each[0]/Both[1]`, empty for the whole. */
  readonly scope: string;
  readonly machine: SubMachine;
}

/** The machine itself, then those within it. */
export function levelsOf(machine: SubMachine, scope = ''): readonly Level[] {
  const inside = Object.entries(machine.States).flatMap(([name, state]) =>
    subMachinesOf(state).flatMap((inner, branch) => levelsOf(inner, scopeInside(scope, name, branch))),
  );
  return [{ scope, machine }, ...inside];
}

/** States as nodes, and an edge where a way leads from one to the other; a repetition by a Retry is none. */
export function graphOf({ machine }: Level): Graph {
  const graph = new Graph();
  for (const name of Object.keys(machine.States)) graph.setNode(name);
  for (const { scope, from, to, kind } of waysOf(machine)) {
    if (scope === '' && to !== undefined && kind !== 'retry') graph.setEdge(from, to);
  }
  return graph;
}

/** True for a state at which an execution ends as its author meant it to. */
export function isEnd(state: State): boolean {
  return state.Type === 'Succeed' || state.Type === 'Fail' || ('End' in state && state.End === true);
}

/** True for a state that only time, a person or another execution carries on. */
export function isWaiting(state: State): boolean {
  if (state.Type === 'Wait') return true;
  if (state.Type !== 'Task') return false;
  const { kind, pattern } = resourceOf(state.Resource);
  return kind === 'activity' || pattern !== 'request';
}
