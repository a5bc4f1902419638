/**
 * What can be said of a definition without running it: every state is reached and reaches an end, nothing waits without a
 * deadline, every failure is thought of, and no loop turns without rest, grows, or fills the history.
 */
import { graphlib } from '@dagrejs/dagre';
import type { MachineDefinition, State } from '../definition.ts';
import { HISTORY_LIMIT } from '../history.ts';
import { placeOf } from '../paths/taken.ts';
import { resourceOf } from '../resources.ts';
import { failureFindings } from './failures.ts';
import type { Finding } from './findings.ts';
import { graphOf, isEnd, type Level, levelsOf } from './graph.ts';
import { growthFindings } from './growth.ts';
import { eventsOfRound, loopsOf, restlessLoops } from './loops.ts';

/** How often the loops of a machine turn at most; only its author knows. */
export type Rounds = number | undefined;

const YEAR_SECONDS = 365 * 86_400;

/** Everything that is wrong, or that needs a reason. */
export function soundnessFindings(definition: MachineDefinition, rounds: Rounds): readonly Finding[] {
  return levelsOf(definition).flatMap((level) => [
    ...pathFindings(level),
    ...Object.entries(level.machine.States).flatMap(([name, state]) => {
      const at = placeOf(level.scope, name);
      return [...deadlineFindings(at, state), ...failureFindings(at, state)];
    }),
    ...loopFindings(level, rounds),
  ]);
}

/** True when a machine has a loop, so that it must be said how often it turns. */
export function hasLoops(definition: MachineDefinition): boolean {
  return levelsOf(definition).some((level) => loopsOf(graphOf(level)).length > 0);
}

function pathFindings(level: Level): readonly Finding[] {
  const { scope, machine } = level;
  const graph = graphOf(level);
  const reached = new Set(graphlib.alg.preorder(graph, machine.StartAt));
  return Object.keys(machine.States).flatMap((name) => {
    const at = placeOf(scope, name);
    const ahead = graphlib.alg.preorder(graph, name).flatMap((next) => machine.States[next] ?? []);
    return [
      ...(reached.has(name) ? [] : [{ rule: 'unreachable' as const, at, problem: 'no way leads to it' }]),
      ...(ahead.some(isEnd) ? [] : [{ rule: 'endless' as const, at, problem: 'no way leads from it to an end' }]),
    ];
  });
}

function deadlineFindings(at: string, state: State): readonly Finding[] {
  if (state.Type === 'Task' && state.TimeoutSeconds === undefined) {
    const isToken = resourceOf(state.Resource).pattern === 'waitForTaskToken';
    return [
      { rule: 'no-deadline', at, problem: `${isToken ? 'its token' : 'it'} is waited for without TimeoutSeconds` },
    ];
  }
  const isShort = state.Type === 'Wait' && typeof state.Seconds === 'number' && state.Seconds < YEAR_SECONDS;
  if (state.Type !== 'Wait' || isShort) return [];
  return [{ rule: 'unbounded-wait', at, problem: 'how long it waits is not a number of seconds below a year' }];
}

function loopFindings(level: Level, rounds: Rounds): readonly Finding[] {
  const { scope, machine } = level;
  const graph = graphOf(level);
  const place = (name: string | undefined) => placeOf(scope, name ?? '');
  const restless = restlessLoops(machine, graph).map((loop) => ({
    rule: 'loop-without-wait' as const,
    at: place(loop[0]),
    problem: `${loop.join(', ')} turn without a wait or a counter`,
  }));
  const perLoop = loopsOf(graph).flatMap((loop) => {
    const events = eventsOfRound(machine, graph, loop);
    const fits = rounds !== undefined && events * rounds < HISTORY_LIMIT;
    const problem = `a round writes up to ${events} events, and ${rounds ?? 'nobody knows how many'} rounds are too many for ${HISTORY_LIMIT}`;
    return [
      ...(fits ? [] : [{ rule: 'history' as const, at: place(loop[0]), problem }]),
      ...loop.flatMap((name) => {
        const state = machine.States[name];
        return state === undefined ? [] : growthFindings(place(name), state);
      }),
    ];
  });
  return [...restless, ...perLoop];
}
