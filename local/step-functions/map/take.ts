import { finishedGroup } from '../children.ts';
import type { Thread } from '../execution.ts';
import { completeState, failState } from '../interpreter.ts';
import type { Json } from '../json.ts';
import { emit, guarded, stateOf, type Turn } from '../turn.ts';
import { type EndedItem, finishItems, groupWaitingFor, itemEnded, itemsRead, resultsWritten } from './run.ts';
import type { ReadContent } from './terms.ts';

/** Takes the end of a child execution; false when nobody waits for it any more. */
export async function takeEndedItem(turn: Turn, ended: EndedItem): Promise<boolean> {
  for (const thread of Object.values(turn.state.threads)) {
    const group = groupWaitingFor(thread, ended);
    if (group === undefined) continue;
    const failure = itemEnded(turn, thread, group, ended);
    if (failure !== undefined) await failState(turn, thread, failure);
    return true;
  }
  return false;
}

/** Takes what was read for a Map; false when it does not wait for it any more. */
export async function takeItems(turn: Turn, groupId: number, content: ReadContent): Promise<boolean> {
  const thread = Object.values(turn.state.threads).find(
    ({ waiting }) => waiting?.kind === 'reader' && waiting.plan.startedEventId === groupId,
  );
  if (thread === undefined) return false;
  const taken = await guarded(turn, thread, () => itemsRead(turn, thread, content));
  const failure = 'failure' in taken ? taken.failure : taken.value;
  if (failure !== undefined) await failState(turn, thread, failure);
  return true;
}

/** Takes the end of the writing of a Map's results; false when it does not wait for it any more. */
export async function takeWritten(turn: Turn, groupId: number, failed: string | undefined): Promise<boolean> {
  const thread = Object.values(turn.state.threads).find(
    ({ waiting }) => waiting?.kind === 'writer' && waiting.group.startedEventId === groupId,
  );
  const end = thread === undefined ? undefined : resultsWritten(turn, thread, failed);
  if (thread === undefined || end === undefined) return false;
  delete thread.waiting;
  if ('failure' in end) await failState(turn, thread, end.failure);
  else await succeedChildren(turn, thread, end.result);
  return true;
}

/** Ends a Parallel or a Map of which nothing is left to run; the results of some Maps are written first. */
export async function finishGroup(turn: Turn, thread: Thread): Promise<void> {
  const group = finishedGroup(thread);
  if (group === undefined) return;
  delete thread.waiting;
  const result = group.kind === 'executions' ? finishItems(turn, thread, group) : group.results;
  if (result !== undefined) await succeedChildren(turn, thread, result);
}

async function succeedChildren(turn: Turn, thread: Thread, result: Json): Promise<void> {
  emit(turn, thread, `${stateOf(turn, thread).Type}StateSucceeded`);
  await completeState(turn, thread, result);
}
