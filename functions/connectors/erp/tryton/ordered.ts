/** What is asked of Tryton for orders of each kind that are followed. */
import type { Domain } from './session.ts';

/**
 * Numbered orders of the company that are at least ordered.
 * @param proposals - states in which they are not ordered yet
 */
export function ordered(company: number, proposals: readonly string[]): Domain {
  return [
    ['company', '=', company],
    ['number', '!=', null],
    ['state', 'not in', proposals],
  ];
}
