/** What can be said of a requisition without the ERP: shape, arithmetic, requester, cost centre and legal entity. */
import type { Directory } from '../directory/port.ts';
import type { Requisition } from '../events/purchase-requisition-submitted.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { costCentreIssues, legalEntityIssues, requesterIssues } from '../requests/check-requester.ts';
import { acceptedMessage } from '../requests/domain/messages.ts';
import type { Filed } from '../requests/domain/request.ts';
import { readRequest } from '../requests/read-request.ts';
import { demandNotRefused, refuseRequest } from '../requests/refuse-request.ts';
import type { FieldIssue } from '../runtime/errors.ts';
import { checkRequisition } from './domain/check-requisition.ts';
import { PURCHASE, type PurchaseState } from './domain/purchase.ts';

export interface ValidateDeps extends ProcessDeps {
  readonly directory: Directory;
}

/** @throws ValidationError with every issue at once, after they are recorded; ResubmissionRefusedError for a requisition that was returned. */
export async function validateRequisition(deps: ValidateDeps, processId: string): Promise<void> {
  const head = await readRequest<PurchaseState>(deps, processId);
  demandNotRefused(head.state);
  if (head.state.requisition !== undefined) {
    return;
  }
  const { requisition, issues } = await readRequisition(deps, head.state.filed, head.requesterId);
  if (issues.length > 0 || requisition === undefined) {
    return refuseRequest(deps, PURCHASE, processId, issues);
  }
  await updateProcess<PurchaseState, void>(deps, processId, ({ state }) => ({
    ...(state.requisition === undefined
      ? {
          change: {
            entries: [
              {
                type: 'RequisitionValidated',
                actor: { kind: 'meridian', id: 'validation' },
                facts: {
                  title: requisition.title,
                  supplierCode: requisition.supplierCode,
                  costCentre: requisition.costCentre,
                  total: requisition.total,
                  currency: requisition.currency,
                },
              },
            ],
            // The record has it as filed: the head, which every step reads and writes, need not carry it twice.
            state: { ...state, filed: {}, requisition },
            phase: 'Validation',
            effects: [{ kind: 'tell-oa', message: acceptedMessage(PURCHASE.noun) }],
          },
        }
      : {}),
    output: undefined,
  }));
}

/** The requisition as checked, or all that can be said against it without the ERP. */
export async function readRequisition(
  { directory }: { readonly directory: Directory },
  filed: Filed,
  requesterId: string,
): Promise<{ readonly requisition?: Requisition; readonly issues: readonly FieldIssue[] }> {
  const { requisition, issues: found } = checkRequisition(filed);
  const costCentre = requisition?.costCentre ?? filed.costCentre;
  const issues = [
    ...found,
    ...(await requesterIssues(directory, requesterId)),
    ...(await costCentreIssues(directory, 'requisition.costCentre', costCentre)),
    ...(requisition === undefined ? [] : await legalEntityIssues(directory, 'requisition.legalEntity', requisition)),
  ];
  return requisition === undefined ? { issues } : { requisition, issues };
}
