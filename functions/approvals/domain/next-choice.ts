/**
 * The approver before chooses: on a level whose rule is `previous@post:…`, whoever decides the level before it last says which
 * of the holders is asked. Pure. The rules name all who could be chosen, so the level is never without people: where nobody
 * decides before it, or the rules or the organisation have changed since, all of them are asked, and one decides.
 */
import type { ApprovalContext, DecideCommand } from './approval-commands.ts';
import { type Refused, refuse } from './approval-events.ts';
import { type ApprovalState, levelAt } from './approval-state.ts';
import { hasApprovedElsewhere } from './decided-before.ts';
import type { ApprovalLevel, ApprovalPlan } from './plan.ts';
import { levelsTogether } from './seats.ts';

/** Whether somebody on the level before says who is asked. */
export function isForPrevious(rule: string): boolean {
  return rule.startsWith('previous@');
}

export interface NextChoice {
  /** Index of the level whose approver is chosen. */
  readonly level: number;
  /** Employee ids of all whom the rules let choose; at least one, and never whoever chooses. */
  readonly candidates: readonly string[];
}

/**
 * @param next - index of the level that opens next; of levels that open together, the first that leaves its approver to be
 *   chosen is meant, and all who could be chosen are asked on the others
 * @param by - whoever would choose
 * @returns undefined when there is nobody to be chosen
 */
export function choiceFor(state: ApprovalState, next: number, by: string): NextChoice | undefined {
  const { plan } = state;
  const level = levelsTogether(plan, next).find((index) => isForPrevious(levelAt(plan, index).rule));
  if (level === undefined) {
    return undefined;
  }
  const others = candidatesOf(levelAt(plan, level)).filter((employeeId) => employeeId !== by);
  // Whoever has approved another level for somebody else leaves this one to others, if there are any.
  const fresh = others.filter((employeeId) => !hasApprovedElsewhere(state, { level, employeeId }));
  const candidates = fresh.length === 0 ? others : fresh;
  return candidates.length === 0 ? undefined : { level, candidates };
}

function candidatesOf({ chosenFrom, approverIds }: ApprovalLevel): readonly string[] {
  return chosenFrom ?? approverIds;
}

/** Employee ids of those who can be chosen now: nobody who has left. */
export function ableOf({ candidates }: NextChoice, { choosable = [] }: Pick<ApprovalContext, 'choosable'>) {
  const able = new Set(choosable.filter(({ active }) => active).map(({ employeeId }) => employeeId));
  return candidates.filter((employeeId) => able.has(employeeId));
}

/** Who is chosen, or why the decision does not count; where only one person can be, nothing needs to be said. */
export function chosenNext(
  choice: NextChoice,
  { next }: DecideCommand,
  context: ApprovalContext,
): Refused | { readonly kind: 'chosen'; readonly employeeId: string } {
  const able = ableOf(choice, context);
  const [only, ...others] = able;
  if (only === undefined) {
    return refuse('nobody-to-choose', 'nobody who could be asked on the next level is active in the directory');
  }
  if (next === undefined) {
    return others.length > 0
      ? refuse('choose-next', 'whoever decides last here names who is asked next')
      : { kind: 'chosen', employeeId: only };
  }
  return able.includes(next)
    ? { kind: 'chosen', employeeId: next }
    : refuse('unfit-person', 'whoever is named cannot be asked on the next level');
}

/** The way with the one who was chosen; all who could have been are remembered, since a decision can be taken back. */
export function withChosen(plan: ApprovalPlan, { level }: NextChoice, employeeId: string): ApprovalPlan {
  const levels = plan.levels.map((one, index) => (index === level ? chosenOn(one, employeeId) : one));
  return { ...plan, levels };
}

function chosenOn(level: ApprovalLevel, employeeId: string): ApprovalLevel {
  return {
    ...level,
    approverIds: [employeeId],
    named: level.named ?? level.approverIds,
    chosenFrom: candidatesOf(level),
  };
}
