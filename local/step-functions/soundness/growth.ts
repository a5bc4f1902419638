/** Whether what travels round a loop can become larger with every round. */
import type { State } from '../definition.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { grows, isWhole, type Source, treeOf } from './expression-tree.ts';
import type { Finding } from './findings.ts';

interface Writing {
  readonly Assign?: JsonObject;
  readonly Output?: Json;
}

/** Findings on one state of a loop: no Assign may add to the variable that it sets, no Output to the state's input. */
export function growthFindings(at: string, state: State): readonly Finding[] {
  return writingsOf(state).flatMap(({ Assign = {}, Output }) => [
    ...Object.entries(Assign)
      .filter(([variable, value]) => addsTo(value, { variable }))
      .map(([variable]) => ({ rule: 'growth' as const, at, problem: `Assign adds to $${variable} in every round` })),
    ...(Output !== undefined && addsTo(Output, 'input')
      ? [{ rule: 'growth' as const, at, problem: 'Output adds to the input in every round' }]
      : []),
  ]);
}

/** The state's own, and those of its choice rules and catchers. */
function writingsOf(state: State): readonly Writing[] {
  return [state, ...('Choices' in state ? state.Choices : []), ...('Catch' in state ? (state.Catch ?? []) : [])];
}

/** An expression that grows, or a template that wraps the whole of what it reads. */
function addsTo(value: Json, source: Source, isInside = false): boolean {
  if (Array.isArray(value)) return value.some((item) => addsTo(item, source, true));
  if (isObject(value)) return Object.values(value).some((item) => addsTo(item as Json, source, true));
  const tree = treeOf(value);
  return tree !== undefined && (grows(tree, source) || (isInside && isWhole(tree, source)));
}
