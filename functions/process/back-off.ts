/** How long a writer waits who was slower than another, before the same change is tried again. */

/** About as long as reading, deciding and committing take. */
const FIRST_MS = 10;
/** Forty waits of this length are still shorter than a page may take. */
const LONGEST_MS = 160;

/**
 * Any time up to a bound that doubles ("full jitter"): writers who met once do not meet again all together. Transactions
 * of DynamoDB that touch the same items in the same instant may cancel each other without any of them winning, so that
 * writers who keep step with each other would never come to an end.
 *
 * @param attempt - the one that failed, from 1
 * @param random - from 0 to below 1
 */
export function backOffMs(attempt: number, random: number): number {
  return random * Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
}
