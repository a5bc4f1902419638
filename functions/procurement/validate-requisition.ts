/** What can be said of a requisition without the ERP: shape, arithmetic, requester, cost centre and legal entity. */
import type { Directory } from '../directory/port.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { costCentreIssues, legalEntityIssues, requesterIssues } from '../requests/check-requester.ts';
import { acceptedMessage } from '../requests/domain/messages.ts';
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
  const checked = checkRequisition(head.state.filed);
  const costCentre = checked.requisition?.costCentre ?? head.state.filed.costCentre;
  const { requisition } = checked;
  const issues: readonly FieldIssue[] = [
    ...checked.issues,
    ...(await requesterIssues(deps.directory, head.requesterId)),
    ...(await costCentreIssues(deps.directory, 'requisition.costCentre', costCentre)),
    ...(requisition === undefined
      ? []
      : await legalEntityIssues(deps.directory, 'requisition.legalEntity', requisition)),
  ];
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
