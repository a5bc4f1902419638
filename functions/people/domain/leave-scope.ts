/** What the rules of approval tell leaves apart by. Pure. */
import type { DocumentScope } from '../../approvals/domain/scope.ts';

/**
 * Its kind is its category.
 * @param kind - undefined: of what is no leave request yet
 * @param currency - the company's: a leave has no amount
 */
export function leaveScope(kind: string | undefined, currency: string): DocumentScope {
  return { lines: [{ category: kind ?? '', currency }] };
}
