/** Addresses of the operators' pages. */
import { OPERATIONS_PATH } from '../pages/places.tsx';
import { type OperatorAction, type TroubleRef, troubleText } from './domain/trouble.ts';

export const ACT_PATH = `${OPERATIONS_PATH}/act` as const;
export const VERSIONS_PATH = `${OPERATIONS_PATH}/versions` as const;
export const PROCESS_ROUTE = `${OPERATIONS_PATH}/processes/:processId` as const;
export const LETTERS_ROUTE = `${OPERATIONS_PATH}/letters/:queue` as const;

export function processPath(processId: string): string {
  return `${OPERATIONS_PATH}/processes/${encodeURIComponent(processId)}`;
}

export function lettersPath(queue: string): string {
  return `${OPERATIONS_PATH}/letters/${encodeURIComponent(queue)}`;
}

/** Where the preview of an action on one thing is. */
export function actPath(action: OperatorAction, ref: TroubleRef): string {
  return `${ACT_PATH}?${new URLSearchParams({ action, what: troubleText(ref) }).toString()}`;
}
