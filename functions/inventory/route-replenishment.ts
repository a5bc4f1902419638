/** A step of a replenishment cannot go on: the operators are asked. */
import { type AskOperatorsDeps, askOperators, type OperatorQuestion } from '../requests/ask-operators.ts';
import { note } from '../requests/domain/step-failure.ts';
import { REPLENISHMENT_KIND, type ReplenishmentState, replenishmentFailureActions } from './domain/replenishment.ts';

/** Idempotent per `stepId`. */
export function routeReplenishment(
  deps: AskOperatorsDeps,
  question: OperatorQuestion,
): Promise<{ approvalId: string }> {
  return askOperators<ReplenishmentState>(deps, question, {
    kind: REPLENISHMENT_KIND,
    actionsFor: replenishmentFailureActions,
    about: async ({ requesterId, state: { productCode, warehouse } }) => ({
      title: `Replenishment of ${productCode} in ${warehouse}`,
      requesterName: requesterId,
      notes: [...note('Product', '产品', productCode), ...note('Warehouse', '仓库', warehouse)],
    }),
  });
}
