/** What the OA says of purchase requisitions, and of leaves that it decided on itself. */
import type { OaReference } from '../../functions/events/envelope.ts';
import { LEAVE_APPROVED, type LeaveApproved } from '../../functions/events/leave-approved.ts';
import { LEAVE_CANCELLED, type LeaveCancelled } from '../../functions/events/leave-cancelled.ts';
import {
  PURCHASE_REQUISITION_RESUBMITTED,
  type PurchaseRequisitionResubmitted,
} from '../../functions/events/purchase-requisition-resubmitted.ts';
import {
  PURCHASE_REQUISITION_SUBMITTED,
  type PurchaseRequisitionSubmitted,
  type Requisition,
} from '../../functions/events/purchase-requisition-submitted.ts';
import {
  PURCHASE_REQUISITION_URGED,
  type PurchaseRequisitionUrged,
} from '../../functions/events/purchase-requisition-urged.ts';
import {
  PURCHASE_REQUISITION_WITHDRAWN,
  type PurchaseRequisitionWithdrawn,
} from '../../functions/events/purchase-requisition-withdrawn.ts';
import { multiply, roundToCurrency, sum } from '../../functions/money/money.ts';
import { envelope, newRequestId, putEvent } from './put-event.ts';

/** What a person fills in: the OA computes the amounts. Quantities and net prices per unit are plain decimals. */
export interface Filing {
  readonly title: string;
  readonly justification?: string;
  readonly costCentre: string;
  readonly supplierCode: string;
  readonly currency: string;
  readonly lines: readonly { readonly productCode: string; readonly quantity: string; readonly unitPrice: string }[];
}

/** The requisition with its amounts: each line's rounded half up to the currency's minor unit, and their sum. */
export function requisitionOf(filing: Filing): Requisition {
  const lines = filing.lines.map((line) => ({
    ...line,
    amount: roundToCurrency(multiply(line.quantity, line.unitPrice), filing.currency),
  }));
  return {
    ...filing,
    justification: filing.justification ?? '',
    lines,
    total: roundToCurrency(sum(lines.map(({ amount }) => amount)), filing.currency),
  };
}

/**
 * Files a requisition and returns its number.
 *
 * @param request.requestId - default: a new one
 * @throws Error when the bus does not take the event
 */
export async function fileRequisition(
  endpoint: string,
  busName: string,
  request: Filing & { readonly requesterId: string; readonly requestId?: string },
): Promise<string> {
  const { requesterId, requestId = newRequestId(), ...filing } = request;
  const detail: PurchaseRequisitionSubmitted = {
    ...envelope(requestId),
    requester: { employeeId: requesterId },
    requisition: requisitionOf(filing),
  };
  await putEvent(endpoint, busName, PURCHASE_REQUISITION_SUBMITTED, detail);
  return requestId;
}

/**
 * Sends a requisition again in the place of the version that was returned.
 *
 * @throws Error when the bus does not take the event
 */
export async function resubmitRequisition(
  endpoint: string,
  busName: string,
  request: {
    readonly requestId: string;
    readonly requesterId: string;
    readonly replacesVersion: number;
    readonly requisition: Requisition;
  },
): Promise<void> {
  const { requestId, requesterId: employeeId, replacesVersion, requisition } = request;
  const detail: PurchaseRequisitionResubmitted = {
    ...envelope(requestId),
    requester: { employeeId },
    replacesVersion,
    requisition,
  };
  await putEvent(endpoint, busName, PURCHASE_REQUISITION_RESUBMITTED, detail);
}

/**
 * Takes a requisition back.
 *
 * @throws Error when the bus does not take the event
 */
export async function withdrawRequisition(
  endpoint: string,
  busName: string,
  withdrawal: { readonly requestId: string; readonly employeeId: string; readonly reason: string },
): Promise<void> {
  const { requestId, employeeId, reason } = withdrawal;
  const detail: PurchaseRequisitionWithdrawn = { ...envelope(requestId), withdrawnBy: { employeeId }, reason };
  await putEvent(endpoint, busName, PURCHASE_REQUISITION_WITHDRAWN, detail);
}

/**
 * Urges those who are to decide about a requisition.
 *
 * @throws Error when the bus does not take the event
 */
export async function urgeRequisition(
  endpoint: string,
  busName: string,
  { requestId, employeeId }: { readonly requestId: string; readonly employeeId: string },
): Promise<void> {
  const detail: PurchaseRequisitionUrged = { ...envelope(requestId), urgedBy: { employeeId } };
  await putEvent(endpoint, busName, PURCHASE_REQUISITION_URGED, detail);
}

/** A leave that has begun and lasts for another hour. */
export interface Leave {
  /** How the OA names it. */
  readonly oa: OaReference;
  readonly employeeId: string;
}

/**
 * Approves a leave that begins a minute ago and ends in an hour.
 *
 * @throws Error when the bus does not take the event
 */
export async function approveLeave(
  endpoint: string,
  busName: string,
  { employeeId, substituteId }: { readonly employeeId: string; readonly substituteId: string },
): Promise<Leave> {
  const now = Date.now();
  const detail: LeaveApproved = {
    ...envelope(newRequestId('LV')),
    employee: { employeeId },
    from: new Date(now - 60_000).toISOString(),
    until: new Date(now + 3_600_000).toISOString(),
    substitute: { employeeId: substituteId },
  };
  await putEvent(endpoint, busName, LEAVE_APPROVED, detail);
  return { oa: detail.oa, employeeId };
}

/**
 * Calls a leave off.
 *
 * @throws Error when the bus does not take the event
 */
export async function cancelLeave(endpoint: string, busName: string, { oa, employeeId }: Leave): Promise<void> {
  const detail: LeaveCancelled = { ...envelope(oa.requestId), employee: { employeeId } };
  await putEvent(endpoint, busName, LEAVE_CANCELLED, detail);
}
