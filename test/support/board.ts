/** Twenty people who are asked about the same order at once, and what they do in the same instant. */
import { actByLink, type LinkDecisionResult } from '../../functions/approvals/act-by-link.ts';
import type { DecidingDeps } from '../../functions/approvals/decision-deps.ts';
import type { Wish } from '../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalLevelRule } from '../../functions/approvals/domain/level-rule.ts';
import { parseDirectory } from '../../functions/directory/directory-file.ts';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import { companyPolicies, directoryData, requisitionEvent } from './purchase-company.ts';
import { PurchaseWorld } from './purchase-world.ts';

export const SIGNERS = Array.from({ length: 20 }, (_, index) => `E-9${String(index + 1).padStart(3, '0')}`);
export const boardEvent = requisitionEvent();
/** Its requester takes it back. */
export const withdrawal = { oa: boardEvent.oa, withdrawnBy: 'E-1001', reason: 'No longer', eventId: 'withdrawal-1' };

const boardDirectory = parseDirectory({
  ...directoryData,
  posts: [...directoryData.posts, { postId: 'board', name: 'Board' }],
  people: [
    ...directoryData.people,
    ...SIGNERS.map((employeeId) => ({
      employeeId,
      name: `Signer ${employeeId}`,
      email: `${employeeId.toLowerCase()}@meridian.example`,
      locale: 'en',
      managerId: 'E-0002',
      departmentId: 'D-OFFICE',
      posts: ['board'],
      active: true,
      approvalLimit: '100000',
    })),
  ],
});

/** A purchase whose order waits for the whole board, and the link of each of its people. */
export async function askBoard(mode: ApprovalLevelRule['mode']) {
  const rule: ApprovalLevelRule = {
    level: 'Board',
    approvers: [{ rule: 'post:board', weight: 1 }],
    mode,
    isParallel: false,
    remindAfterHours: 24,
    escalateAfterHours: 48,
    expireAfterHours: 120,
  };
  const world = new PurchaseWorld({
    directory: createFileDirectory(boardDirectory),
    policies: {
      ...companyPolicies,
      approvalLevels: async (input) => (input.subject === 'order' ? [rule] : companyPolicies.approvalLevels(input)),
    },
  });
  await world.submit(boardEvent);
  const links = await Promise.all(SIGNERS.map((employeeId) => world.linkOf(employeeId)));
  return { world, links };
}

/** All at once, each by their own link: yes where `votes` says so. Rejects when anybody gets no answer. */
export function voteAtOnce(
  deps: DecidingDeps,
  links: readonly string[],
  votes: readonly boolean[],
): Promise<readonly LinkDecisionResult[]> {
  return Promise.all(links.map((secret, signer) => actByLink(deps, clickOf(signer, secret, votes[signer] === true))));
}

function clickOf(signer: number, secret: string, isYes: boolean) {
  const wish: Wish = isYes
    ? { kind: 'decide', action: 'approve', comment: '' }
    : { kind: 'decide', action: 'reject', comment: 'No' };
  return { secret, wish, address: `192.0.2.${signer + 1}` };
}
