/** Somebody urges those who have their request now, from their own pages or by the API. */
import type { OnlyOnce } from '../approvals/act-on-approval.ts';
import { countGuess, type GuessDeps, isGuessStopped } from '../approvals/guesses.ts';
import { type UrgeDeps, type UrgeRefusal, type UrgeResult, urgeApproval } from '../approvals/urge-approval.ts';

export interface OwnUrge {
  readonly processId: string;
  /** Employee id of whoever urges. */
  readonly by: string;
  readonly via: 'signed-in' | 'api';
  readonly once?: OnlyOnce<UrgeResult>;
}

/** `unknown`: there is no such request, or it is somebody else's, which looks the same. */
export type OwnUrgeResult = 'urged' | Exclude<UrgeRefusal, 'not-the-requester'> | 'unknown' | 'too-many-attempts';

/** Limits and refusals are those of an urge that comes from the OA. What does not count is counted, as other attempts are. */
export async function urgeOwnRequest(deps: UrgeDeps & GuessDeps, urge: OwnUrge): Promise<OwnUrgeResult> {
  const counter = `person ${urge.by}`;
  if (await isGuessStopped(deps, counter)) {
    return 'too-many-attempts';
  }
  const result = await urgeApproval(deps, urge);
  if (result !== 'urged') {
    await countGuess(deps, counter);
  }
  return result === 'not-the-requester' ? 'unknown' : result;
}
