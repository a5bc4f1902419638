/** How what a requester says about their request comes in, and what they are answered when it does not count. */
import type { Reason } from './domain/request.ts';

/** Of what comes from whoever sees the answer. What comes from the OA has none, and the OA is told when it does not count. */
export type RequesterChannel = 'signed-in' | 'api';

/** What was said does not count. */
export interface Declined {
  /** Stable name: it stands in the record. */
  readonly refusal: string;
  /** For the requester. */
  readonly reason: Reason;
}

/** For the facts of an entry. */
export function channelOf({ via }: { readonly via?: RequesterChannel }) {
  return via === undefined ? {} : { via };
}
