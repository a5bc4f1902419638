/** What people do with approvals, one story after the other, each with its record told in words and verified. */
import type { LocalCloud } from '../../cloud/start.ts';
import type { DemoOa } from '../oa.ts';
import { addedSigner } from './approvals/added-signer.ts';
import { countersign } from './approvals/countersign.ts';
import { delegation } from './approvals/delegation.ts';
import { returnAndResubmission } from './approvals/return-and-resubmission.ts';
import { substituteOnLeave } from './approvals/substitute-on-leave.ts';
import { urge } from './approvals/urge.ts';
import { withdrawal } from './approvals/withdrawal.ts';
import { type ApprovalStory, createStage } from './stage.ts';
import { createRecordTeller } from './tell-record.ts';

const STORIES: readonly ApprovalStory[] = [
  countersign,
  addedSigner,
  returnAndResubmission,
  delegation,
  substituteOnLeave,
  urge,
  withdrawal,
];

/**
 * Plays them all.
 *
 * @param report - told each step
 * @returns the processes that they left
 * @throws Error with one sentence when something does not come or is not as it must be
 */
export async function playApprovals(
  cloud: LocalCloud,
  oa: DemoOa,
  report: (line: string) => void,
): Promise<readonly string[]> {
  const stage = await createStage(cloud, oa, report);
  const tellRecord = await createRecordTeller(cloud);
  const processIds: string[] = [];
  for (const { title, play } of STORIES) {
    report(title);
    for (const record of await play(stage)) {
      await stage.recorded(record);
      await tellRecord(record.processId);
      processIds.push(record.processId);
    }
  }
  return processIds;
}
