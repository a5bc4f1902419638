/** What a refusal is in HTTP, for those who look at it: nothing was decided. */
import type { Refusal } from './domain/approval-events.ts';

/** The HTTP status of an attempt that does not count. */
export function statusOf(refusal: Refusal): 403 | 409 | 410 | 422 {
  switch (refusal) {
    case 'comment-required':
    case 'unknown-action':
    case 'choose-next':
      return 422;
    case 'unfit-person':
    case 'no-such-level':
    case 'sees-it-already':
      return 422;
    case 'already-decided':
    case 'returned':
    case 'urged-already':
    case 'withdrawn':
    case 'stale-version':
    case 'not-your-turn':
    case 'taken-by-another':
    case 'claim-first':
    case 'with-delegate':
    case 'nothing-to-take-back':
    case 'nobody-to-choose':
    case 'split-purchases':
      return 409;
    case 'expired':
      return 410;
    default:
      return 403;
  }
}
