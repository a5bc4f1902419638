/** What the rules of approval tell claims apart by. Pure. */
import { type DocumentScope, kindsOf, plainScope } from '../../approvals/domain/scope.ts';
import type { ExpenseClaim } from '../../events/expense-claim-submitted.ts';

/**
 * Each line by its category and by the currency in which the money was spent; the entity that pays.
 * @param currency - the company's, of what is no claim yet
 */
export function claimScope(claim: ExpenseClaim | undefined, currency: string): DocumentScope {
  return claim === undefined ? plainScope(currency) : { legalEntity: claim.legalEntity, lines: kindsOf(claim.lines) };
}
