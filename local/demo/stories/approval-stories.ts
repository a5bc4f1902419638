/** What people do with approvals. */
import { addedSigner } from './approvals/added-signer.ts';
import { countersign } from './approvals/countersign.ts';
import { delegation } from './approvals/delegation.ts';
import { returnAndResubmission } from './approvals/return-and-resubmission.ts';
import { substituteOnLeave } from './approvals/substitute-on-leave.ts';
import { urge } from './approvals/urge.ts';
import { withdrawal } from './approvals/withdrawal.ts';
import type { Story } from './stage.ts';

export const APPROVAL_STORIES: readonly Story[] = [
  countersign,
  addedSigner,
  returnAndResubmission,
  delegation,
  substituteOnLeave,
  urge,
  withdrawal,
];
