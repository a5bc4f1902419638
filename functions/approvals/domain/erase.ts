/** What approvers were shown and can be erased once the process has ended. Pure. */
import type { ApprovalState } from './approval-state.ts';

/**
 * The approval without the requester's name, without the notes beside the document, which quote what people wrote, and without
 * what was filled in to find its approvers. Who decided what about which amount stays.
 */
export function withoutWords(approval: ApprovalState): ApprovalState {
  const { document, choices, ...plan } = approval.plan;
  const { requesterName: _erased, ...shown } = document;
  return {
    ...approval,
    plan: {
      ...plan,
      document: { ...shown, notes: [] },
      ...(choices === undefined
        ? {}
        : { choices: { ...choices, ...(choices.fields === undefined ? {} : { fields: {} }) } }),
    },
  };
}
