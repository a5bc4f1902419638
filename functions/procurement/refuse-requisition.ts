/** A requisition that cannot be processed as filed: every issue is recorded before the step fails. */
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { type FieldIssue, ValidationError } from '../runtime/errors.ts';
import { issuesReason } from './domain/messages.ts';
import type { PurchaseState } from './domain/purchase.ts';

/** @throws ValidationError always, once the issues are committed as the reason of the end. */
export async function refuseRequisition(
  deps: ProcessDeps,
  processId: string,
  issues: readonly FieldIssue[],
): Promise<never> {
  await updateProcess<PurchaseState, void>(deps, processId, ({ state }) => ({
    ...(state.endReason === undefined
      ? {
          change: {
            entries: [
              {
                type: 'RequisitionRefused',
                actor: { kind: 'meridian', id: 'validation' },
                facts: { issues: issues.map(({ field, problem, remedy }) => ({ field, problem, remedy })) },
              },
            ],
            state: { ...state, endReason: issuesReason(issues) },
          },
        }
      : {}),
    output: undefined,
  }));
  throw new ValidationError(issues);
}
