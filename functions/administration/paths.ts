/** Addresses of the administration. */
import type { ApprovalPlace } from '../approvals/hand-over.ts';
import { ADMIN_PATH } from '../pages/places.tsx';

export const PEOPLE_PATH = `${ADMIN_PATH}/people` as const;
export const POLICIES_PATH = `${ADMIN_PATH}/policies` as const;
export const FORMS_PATH = `${ADMIN_PATH}/forms` as const;

export function personPath(employeeId: string): string {
  return `${PEOPLE_PATH}/${encodeURIComponent(employeeId)}`;
}

export function formPath(formId: string): string {
  return `${FORMS_PATH}?form=${encodeURIComponent(formId)}`;
}

/** Where everything that a person has to decide, or one approval of it, goes over to somebody else. */
export function handOverPath(employeeId: string, place?: ApprovalPlace): string {
  return place === undefined
    ? `${personPath(employeeId)}/hand-over`
    : `${personPath(employeeId)}/tasks/${encodeURIComponent(place.processId)}/${encodeURIComponent(place.approvalId)}`;
}
