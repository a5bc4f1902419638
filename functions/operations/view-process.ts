/** One process as an operator sees it: what waits, what was already done, and what was asked for before. */
import type { Actor } from '../audit/domain/record.ts';
import { noteRead } from '../audit/note-read.ts';
import { readImpersonal, type Timeline, type TimelineDeps } from '../audit/timeline.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { actsOf, type SeenAct, seeActs } from './acts.ts';
import { type FoundTrouble, type TroubleDeps, troublesOf } from './find-trouble.ts';

/** Acts that are shown. */
const MOST_ACTS = 10;

export interface ProcessView {
  /** Without personal values: the reasons that people wrote stand in the record. */
  readonly timeline: Omit<Timeline, 'damages'>;
  readonly troubles: readonly FoundTrouble[];
  /** Newest first. */
  readonly acts: readonly SeenAct[];
}

export type ViewDeps = TroubleDeps & TimelineDeps & ProcessDeps;

/** Undefined: there is no such process. That it was read is noted before it is given. */
export async function viewProcess(deps: ViewDeps, processId: string, reader: Actor): Promise<ProcessView | undefined> {
  const timeline = await readImpersonal(deps, processId);
  if (timeline === undefined) {
    return undefined;
  }
  await noteRead(deps, { processId, reader, what: 'record' });
  const [troubles, acts] = await Promise.all([
    troublesOf(deps, processId),
    actsOf(deps.store, processId, MOST_ACTS).then((found) => seeActs(deps, found)),
  ]);
  return { timeline, troubles, acts };
}
