/** What operators asked for of late, and whether it came to pass. */
import { actKey } from '../process/keys.ts';
import type { ProcessStore, WorkChange } from '../process/store/port.ts';
import { type Act, type ActState, stateOfAct, stateOfMessage } from './domain/act.ts';
import type { Executions } from './port.ts';

/** As long as Step Functions keeps the history that says what came of it; the record keeps the act for good. */
const KEPT_MS = 90 * 86_400_000;

const CLOCKS_DIFFER_MS = 1_000;

/** An act with what became of it. */
export interface SeenAct {
  readonly act: Act;
  readonly state: ActState;
}

/** To be committed with what the record says of the act. */
export function keepAct(act: Act): WorkChange {
  return {
    kind: 'create',
    key: keyOf(act),
    value: act,
    list: { name: 'acts', at: `${act.at}#${act.actId}` },
    expiresAt: new Date(Date.parse(act.at) + KEPT_MS),
  };
}

/** For an act that was refused where it was to be done. */
export function forgetAct(act: Act): WorkChange {
  return { kind: 'remove', key: keyOf(act) };
}

/** Newest first. */
export async function latestActs(store: ProcessStore, limit: number): Promise<readonly Act[]> {
  return (await store.listByTime<Act>('acts', { order: 'newest-first', limit })).map(({ value }) => value);
}

/** Those about one process, newest first. */
export async function actsOf(store: ProcessStore, processId: string, limit: number): Promise<readonly Act[]> {
  const { partition } = actKey(processId, '', '');
  return (await store.page<Act>(partition, '', { limit, order: 'last-to-first' })).map(({ value }) => value);
}

/** Asks the history of the execution, or the record, now. */
export async function seeActs(
  deps: { readonly store: ProcessStore; readonly executions: Executions },
  acts: readonly Act[],
): Promise<readonly SeenAct[]> {
  const seen: SeenAct[] = [];
  // One after the other: Step Functions gives few histories a second.
  for (const act of acts) {
    seen.push({ act, state: await stateOf(deps, act) });
  }
  return seen;
}

async function stateOf(
  { store, executions }: { readonly store: ProcessStore; readonly executions: Executions },
  act: Act,
): Promise<ActState> {
  if (act.ref.kind === 'message') {
    return stateOfMessage(act, await store.readRecord(act.ref.processId));
  }
  return act.executionId === undefined
    ? 'gone'
    : stateOfAct(act, await executions.eventsAfter(act.executionId, readFrom(act)));
}

/** A redrive follows at once, and its clock is not ours; what a person answers, they answer after it failed. */
function readFrom({ action, at }: Act): string {
  return action === 'redrive' ? new Date(Date.parse(at) - CLOCKS_DIFFER_MS).toISOString() : at;
}

function keyOf({ processId, executionId = '', at, actId }: Act) {
  return actKey(processId ?? executionId, at, actId);
}
