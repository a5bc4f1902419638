/** That a question is asked, of whom and by which rules, in the words of the record. */
import type { NewEntry } from '../audit/domain/record.ts';
import { type ApprovalState, levelAt, type Decision as Voice } from './domain/approval-state.ts';
import type { ApprovalPlan } from './domain/plan.ts';

/** `facts`: more about the question. */
export function routingEntry({ plan, decisions }: ApprovalState, facts: NewEntry['facts']): NewEntry {
  return {
    type: 'ApprovalRouted',
    actor: { kind: 'meridian', id: 'approvals' },
    facts: {
      approvalId: plan.approvalId,
      subject: plan.subject,
      documentVersion: plan.documentVersion,
      amount: plan.amount,
      ...scopeFacts(plan),
      linkLimit: plan.linkLimit,
      excluded: plan.excluded.map(({ employeeId, reason }) => ({ employeeId, reason })),
      levels: plan.levels.map(({ name, rule, approverIds, mode, isParallel }) => ({
        name,
        rule,
        approverIds,
        mode: { ...mode },
        isParallel,
      })),
      routing: plan.routing.map((note) => ({ ...note })),
      ruledBy: plan.ruledBy,
      ...(decisions.length === 0 ? {} : { kept: decisions.map((decision) => keptFacts(plan, decision)) }),
      ...facts,
    },
  };
}

/** What the rules were asked about beside the amount: which rows fired can be found again. */
function scopeFacts({ scope }: ApprovalPlan): NewEntry['facts'] {
  return scope === undefined
    ? {}
    : { lines: scope.lines.map((line) => ({ ...line })), legalEntities: [...scope.legalEntities] };
}

function keptFacts(plan: ApprovalPlan, { level, employeeId, action, keptFrom }: Voice) {
  return { levelName: levelAt(plan, level).name, employeeId, action, version: keptFrom };
}
