/** One process as an operator sees it: what waits, what was already done, and what was asked for before. */
import { readTimeline, type Timeline, type TimelineDeps } from '../audit/timeline.ts';
import { actsOf, type SeenAct, seeActs } from './acts.ts';
import { type FoundTrouble, type TroubleDeps, troublesOf } from './find-trouble.ts';

/** Acts that are shown. */
const MOST_ACTS = 10;

export interface ProcessView {
  readonly timeline: Timeline;
  readonly troubles: readonly FoundTrouble[];
  /** Newest first. */
  readonly acts: readonly SeenAct[];
}

/** Undefined: there is no such process. */
export async function viewProcess(
  deps: TroubleDeps & TimelineDeps,
  processId: string,
): Promise<ProcessView | undefined> {
  const timeline = await readTimeline(deps, processId);
  if (timeline === undefined) {
    return undefined;
  }
  const [troubles, acts] = await Promise.all([
    troublesOf(deps, processId),
    actsOf(deps.store, processId, MOST_ACTS).then((found) => seeActs(deps, found)),
  ]);
  return { timeline, troubles, acts };
}
