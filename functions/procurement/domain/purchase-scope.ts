/** What the rules of approval tell purchases apart by. Pure. */
import { type DocumentScope, kindsOf, type LineKind, plainScope } from '../../approvals/domain/scope.ts';
import type { RequisitionLine } from '../../events/purchase-requisition-submitted.ts';
import type { PurchaseState } from './purchase.ts';

/**
 * Every category of every line, in the requisition's currency, which is also that of its order and payments. A line is of the
 * category that the requester gave it and of all that the ERP has for its product: what a requester leaves out, or calls
 * otherwise, takes nothing out of a rule.
 * @param currency - the company's, of what is no requisition yet
 */
export function purchaseScope(
  { requisition, enrichment }: Pick<PurchaseState, 'requisition' | 'enrichment'>,
  currency: string,
): DocumentScope {
  if (requisition === undefined) {
    return plainScope(currency);
  }
  const { lines, legalEntity } = requisition;
  const categoriesOf = ({ productCode, category }: RequisitionLine): readonly string[] => {
    const product = enrichment?.products.find(({ code }) => code === productCode);
    const all = [...(category === undefined ? [] : [category]), ...(product?.categories ?? [])];
    return all.length === 0 ? [''] : all;
  };
  const kinds = lines.flatMap((line) =>
    categoriesOf(line).map((category): LineKind => ({ category, currency: requisition.currency })),
  );
  return { ...(legalEntity === undefined ? {} : { legalEntity }), lines: kindsOf(kinds) };
}
