/** Whether each state that can fail says what becomes of its failures. */
import type { Catcher, Retrier, State } from '../definition.ts';
import { canFailSoftly } from '../turn.ts';
import type { Finding } from './findings.ts';

/** What the names of groups take; data limits and runtime errors have to be named. */
const BEYOND_GROUPS = new Set(['States.DataLimitExceeded', 'States.Runtime']);

/** Findings on Retry and Catch of one state. */
export function failureFindings(at: string, state: State): readonly Finding[] {
  if (!canFailSoftly(state)) return [];
  const { Retry = [], Catch = [] } = state;
  const takesAll = Catch.some(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'));
  return [
    ...(Retry.length > 0 ? [] : [{ rule: 'no-retry' as const, at, problem: 'no failure is tried again' }]),
    ...(Catch.length > 0 ? [] : [{ rule: 'no-catch' as const, at, problem: 'no failure is caught' }]),
    ...(Catch.length === 0 || takesAll
      ? []
      : [{ rule: 'uncaught' as const, at, problem: 'what no Catch names fails what is around it' }]),
    ...tooLate(at, 'Retry', Retry),
    ...tooLate(at, 'Catch', Catch),
  ];
}

/** Errors that an earlier entry takes before their own can. */
function tooLate(at: string, list: string, entries: readonly (Retrier | Catcher)[]): readonly Finding[] {
  const earlier: string[] = [];
  return entries.flatMap(({ ErrorEquals }, index) =>
    ErrorEquals.flatMap((error) => {
      const taker = earlier.find((name) => takes(name, error));
      earlier.push(error);
      if (taker === undefined) return [];
      return [
        {
          rule: 'named-too-late' as const,
          at,
          problem: `${list}[${index}] names ${error}, which ${taker} takes before`,
        },
      ];
    }),
  );
}

function takes(name: string, error: string): boolean {
  if (name === error) return true;
  if (BEYOND_GROUPS.has(error)) return false;
  if (name === 'States.ALL') return true;
  if (name === 'States.Timeout') return error === 'States.HeartbeatTimeout';
  return name === 'States.TaskFailed' && !['States.ALL', 'States.Timeout', 'States.HeartbeatTimeout'].includes(error);
}
