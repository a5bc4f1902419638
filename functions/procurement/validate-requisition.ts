/** What can be said of a requisition without the ERP: shape, arithmetic, requester and cost centre. */
import type { Directory } from '../directory/port.ts';
import { type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import type { FieldIssue } from '../runtime/errors.ts';
import { checkRequisition } from './domain/check-requisition.ts';
import { acceptedMessage } from './domain/messages.ts';
import type { PurchaseState } from './domain/purchase.ts';
import { demandNotRefused, refuseRequisition } from './refuse-requisition.ts';

export interface ValidateDeps extends ProcessDeps {
  readonly directory: Directory;
}

/** @throws ValidationError with every issue at once, after they are recorded; ResubmissionRefusedError for a requisition that was returned. */
export async function validateRequisition(deps: ValidateDeps, processId: string): Promise<void> {
  const head = await readHead<PurchaseState>(deps.store, processId);
  if (head === undefined) {
    throw new Error(`process ${processId} is not registered`);
  }
  demandNotRefused(head.state);
  if (head.state.requisition !== undefined) {
    return;
  }
  const checked = checkRequisition(head.state.filed);
  const costCentre = checked.requisition?.costCentre ?? head.state.filed.costCentre;
  const issues: readonly FieldIssue[] = [
    ...checked.issues,
    ...(await requesterIssues(deps.directory, head.requesterId)),
    ...(typeof costCentre === 'string' ? await costCentreIssues(deps.directory, costCentre) : []),
  ];
  const { requisition } = checked;
  if (issues.length > 0 || requisition === undefined) {
    return refuseRequisition(deps, processId, issues);
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
            effects: [{ kind: 'tell-oa', message: acceptedMessage() }],
          },
        }
      : {}),
    output: undefined,
  }));
}

async function requesterIssues(directory: Directory, employeeId: string): Promise<FieldIssue[]> {
  const person = await directory.person(employeeId);
  return person?.active === true
    ? []
    : [
        {
          field: 'requester.employeeId',
          problem: person === undefined ? `${employeeId} is not in the directory` : `${employeeId} is not active`,
          remedy: 'file it as an active employee, or have the directory corrected',
        },
      ];
}

async function costCentreIssues(directory: Directory, costCentre: string): Promise<FieldIssue[]> {
  return (await directory.costCentre(costCentre)) === undefined
    ? [
        {
          field: 'requisition.costCentre',
          problem: `${costCentre} is not in the directory`,
          remedy: 'choose an existing cost centre',
        },
      ]
    : [];
}
