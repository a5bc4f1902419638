/** What was decided about one version of a document and stands for the next, as the policy says. Pure. */
import { compare } from '../../money/money.ts';
import { type ApprovalState, type Decision, levelAt } from './approval-state.ts';
import { isForPrevious } from './next-choice.ts';
import type { ApprovalLevel, ApprovalPlan } from './plan.ts';
import { isWithin, plainScope } from './scope.ts';
import { levelAfter, levelsTogether } from './seats.ts';

/** Whoever decided then may still decide now. */
export type MayStillDecide = (employeeId: string) => boolean;

/**
 * Levels that had decided about the version before are not asked again where the policy keeps their votes, the next version
 * is no dearer, neither alone nor with what is judged with it, and of no category, currency or legal entity that the one
 * before was not of, and supplier, cost centre, requester and the people of the level are the same. The first level that is
 * asked again ends it, or that chooses who is asked next, and so do the last ones: somebody says yes to every version.
 *
 * @param approval - of the next version, still to be opened
 * @param before - the approval that ended with the return
 */
export function withKeptVotes(
  approval: ApprovalState,
  before: ApprovalState,
  mayStillDecide: MayStillDecide,
): ApprovalState {
  const { plan } = approval;
  if (!isNoDearer(plan, before.plan)) {
    return approval;
  }
  const decisions: Decision[] = [];
  let level = 0;
  for (;;) {
    const next = levelAfter(plan, level);
    const kept = levelsTogether(plan, level).map((index) => decisionsFor(plan, index, before, mayStillDecide));
    if (next === undefined || hasToChoose(plan, next) || kept.some((one) => one === undefined)) {
      return { ...approval, level, decisions };
    }
    decisions.push(...kept.flatMap((one) => one ?? []));
    level = next;
  }
}

/** Somebody has to say who is asked on the level: what was said then was about the version before. */
function hasToChoose(plan: ApprovalPlan, level: number): boolean {
  return levelsTogether(plan, level).some((index) => isForPrevious(levelAt(plan, index).rule));
}

function isNoDearer(plan: ApprovalPlan, before: ApprovalPlan): boolean {
  return (
    compare(plan.amount, before.amount) <= 0 &&
    // What else was judged with it may have raised its amount after somebody said yes to this document alone.
    compare(plan.document.baseTotal, before.document.baseTotal) <= 0 &&
    plan.requesterId === before.requesterId &&
    plan.document.supplier === before.document.supplier &&
    plan.document.costCentre === before.document.costCentre &&
    isWithin(scopeOf(plan), scopeOf(before))
  );
}

/** Of what was routed before the rules told such things apart: nothing is known but the currency. */
function scopeOf({ scope, document }: ApprovalPlan) {
  return scope ?? { ...plainScope(document.currency), legalEntities: [] };
}

/** What the level decided about the version before; undefined: it is asked again. */
function decisionsFor(
  plan: ApprovalPlan,
  index: number,
  before: ApprovalState,
  mayStillDecide: MayStillDecide,
): readonly Decision[] | undefined {
  const level = plan.levels[index];
  const earlier = before.plan.levels.findIndex((other) => level !== undefined && isSameQuestion(level, other));
  // The levels before the one that was open have all said yes.
  if (level?.keepsVotes !== true || earlier === -1 || earlier >= before.level) {
    return undefined;
  }
  const decisions = before.decisions.filter((one) => one.level === earlier && one.voided === undefined);
  const barred = new Set([plan.requesterId, ...plan.excluded.map(({ employeeId }) => employeeId)]);
  const isGood = decisions.every(({ employeeId }) => !barred.has(employeeId) && mayStillDecide(employeeId));
  return decisions.length > 0 && isGood ? decisions.map((one) => keptIn(index, one, before.plan)) : undefined;
}

function isSameQuestion(one: ApprovalLevel, other: ApprovalLevel): boolean {
  return (
    one.name === other.name &&
    one.rule === other.rule &&
    JSON.stringify([one.mode, one.approverIds]) === JSON.stringify([other.mode, other.approverIds])
  );
}

/** Before the first round of questions about the next version. */
function keptIn(level: number, decision: Decision, { documentVersion }: ApprovalPlan): Decision {
  return { ...decision, level, round: 0, keptFrom: decision.keptFrom ?? documentVersion };
}
