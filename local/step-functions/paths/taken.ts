/** Which ways an engine's executions took, and how often. */
import { itemMachineArn } from '../arns.ts';
import type { MachineDefinition, SubMachine } from '../definition.ts';
import type { Transition } from '../execution.ts';
import { isDistributed } from '../map/run.ts';
import { type PlacedState, scopeInside, statesOf, subMachinesOf, type Way, waysOf } from './ways.ts';

/** How often each way was taken, by {@link wayKey}; what is absent was never taken. */
export type Counts = Readonly<Record<string, number>>;

/** A way with how often it was taken. */
export interface CountedWay extends Way {
  readonly count: number;
}

/** A state with how often it was left; a repetition by a Retry does not leave it. */
export interface CountedState extends PlacedState {
  readonly count: number;
}

/** The paths of one machine. */
export interface MachinePaths {
  readonly machine: string;
  readonly definition: MachineDefinition;
  readonly states: readonly CountedState[];
  readonly ways: readonly CountedWay[];
}

/** The name of a way within its machine: `Each[0]/Call (catch 1)`. */
export function wayKey({ scope, from, by }: Pick<Transition, 'scope' | 'from' | 'by'>): string {
  return `${placeOf(scope, from)} (${by})`;
}

/** The name of a state within its machine. */
export function placeOf(scope: string, name: string): string {
  return scope === '' ? name : `${scope}/${name}`;
}

/**
 * Counts the steps of the executions of one machine. The child executions of its distributed Maps have machines of their
 * own; they are counted where their states stand in the definition.
 */
export function countWays(
  machineArn: string,
  definition: MachineDefinition,
  transitions: readonly Transition[],
): Counts {
  const scopes = new Map([[machineArn, ''], ...itemMachines(machineArn, definition, '')]);
  const counts: Record<string, number> = {};
  for (const { machineArn: arn, scope, from, by } of transitions) {
    const around = scopes.get(arn);
    if (around === undefined) continue;
    const key = wayKey({ scope: [around, scope].filter((part) => part !== '').join('/'), from, by });
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** The sum of counts. */
export function addCounts(all: readonly Counts[]): Counts {
  const sum: Record<string, number> = {};
  for (const counts of all) for (const [key, count] of Object.entries(counts)) sum[key] = (sum[key] ?? 0) + count;
  return sum;
}

/** Joins a definition with what was counted. */
export function pathsOf(machine: string, definition: MachineDefinition, counts: Counts): MachinePaths {
  const ways = waysOf(definition).map((way) => ({ ...way, count: counts[wayKey(way)] ?? 0 }));
  const left = new Map<string, number>();
  for (const { scope, from, kind, count } of ways) {
    const place = placeOf(scope, from);
    left.set(place, (left.get(place) ?? 0) + (kind === 'retry' ? 0 : count));
  }
  const states = statesOf(definition).map((placed) => ({
    ...placed,
    count: left.get(placeOf(placed.scope, placed.name)) ?? 0,
  }));
  return { machine, definition, states, ways };
}

/** The machines of items of distributed Maps, with the scope of their states; they begin a scope of their own. */
function itemMachines(machineArn: string, machine: SubMachine, scope: string): readonly (readonly [string, string])[] {
  return Object.entries(machine.States).flatMap(([name, state]) =>
    subMachinesOf(state).flatMap((inner, branch) => {
      const inside = scopeInside(scope, name, branch);
      if (state.Type !== 'Map' || !isDistributed(state)) return itemMachines(machineArn, inner, inside);
      const arn = itemMachineArn(machineArn, state.Label ?? name);
      return [[arn, inside] as const, ...itemMachines(arn, inner, inside)];
    }),
  );
}
